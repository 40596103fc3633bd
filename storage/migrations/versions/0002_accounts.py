"""Accounts: the tables of signing in come to the first ones."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables. There is no way down: going back is restoring a backup."""
    _accounts()
    _tokens()
    op.create_table(
        "attempt",
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("window", _moment, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("what", "who", "window", name="pk_attempt"),
    )


def _accounts() -> None:
    op.create_table(
        "account",
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", _moment, nullable=False),
        sa.ForeignKeyConstraint(["username"], ["officer.id"], name="fk_account_username_officer"),
        sa.PrimaryKeyConstraint("username", name="pk_account"),
    )
    op.create_table(
        "session",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("created_at", _moment, nullable=False),
        sa.Column("seen_at", _moment, nullable=False),
        sa.ForeignKeyConstraint(["username"], ["account.username"], name="fk_session_username_account"),
        sa.PrimaryKeyConstraint("token", name="pk_session"),
    )
    op.create_index("ix_session_username", "session", ["username"], unique=False)


def _tokens() -> None:
    op.create_table(
        "password_link",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("expires_at", _moment, nullable=False),
        sa.ForeignKeyConstraint(["username"], ["account.username"], name="fk_password_link_username_account"),
        sa.PrimaryKeyConstraint("token", name="pk_password_link"),
        sa.UniqueConstraint("username", name="uq_password_link_username"),
    )
    op.create_table(
        "api_key",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("created_at", _moment, nullable=False),
        sa.Column("revoked_at", _moment, nullable=True),
        sa.ForeignKeyConstraint(["username"], ["account.username"], name="fk_api_key_username_account"),
        sa.PrimaryKeyConstraint("id", name="pk_api_key"),
        sa.UniqueConstraint("token", name="uq_api_key_token"),
    )
