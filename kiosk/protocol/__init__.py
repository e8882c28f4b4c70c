"""The wire between kiosk and hub. Imports nothing of ours."""
