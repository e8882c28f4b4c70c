from hub.features import Projection
from hub.reports_count import SCHEMA, TABLES
from hub.reports_count import count as on_entries

__all__ = ["on_entries"]
PROJECTION = Projection(version=1, tables=TABLES, schema=SCHEMA)
