"""The only home of SQLAlchemy: the log, what is kept ready beside it, and the questions asked of both."""
