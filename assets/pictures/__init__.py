"""The illustrations of this project, drawn by scripts: shapes, people, things, and the scenes made of them."""
