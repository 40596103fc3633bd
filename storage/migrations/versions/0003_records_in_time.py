"""Records in time: deliveries by number, who looked, what rests on a record, who demands copies."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables. There is no way down: going back is restoring a backup."""
