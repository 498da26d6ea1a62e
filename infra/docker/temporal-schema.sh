#!/bin/sh
# Brings Temporal's two databases to the schema of this server version; does nothing where they have it.
set -eu
for schema in temporal visibility; do
  if [ "$schema" = temporal ]; then database=temporal; else database=temporal_visibility; fi
  tool="temporal-sql-tool --plugin postgres12 --ep postgres -p 5432 -u temporal --db $database"
  $tool create || true
  $tool setup-schema -v 0.0 || true
  $tool update-schema -d "/etc/temporal/schema/postgresql/v12/$schema/versioned"
done
