#!/bin/sh
# Runs once, when the database's volume is new: the three roles, none of them a superuser, and their databases.
set -eu
psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set=owner_password="$HILO_OWNER_PASSWORD" --set=app_password="$HILO_APP_PASSWORD" --set=temporal_password="$TEMPORAL_DB_PASSWORD" <<'SQL'
create role hilo_owner login nosuperuser nobypassrls password :'owner_password';
create role hilo_app login nosuperuser nobypassrls password :'app_password';
create role temporal login nosuperuser createdb password :'temporal_password';
create database hilo owner hilo_owner encoding 'UTF8' locale_provider icu icu_locale 'es-AR' template template0;
revoke connect on database hilo from public;
grant connect on database hilo to hilo_app;
SQL
