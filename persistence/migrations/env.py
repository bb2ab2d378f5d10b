"""What Alembic runs the steps in: the connection it was given, and one transaction around them all."""

from alembic import context

from persistence.layout import marker

context.configure(connection=context.config.attributes["connection"], version_table=marker.name)
context.run_migrations()
