"""The spreadsheet a workspace starts from: what it was taken for, and its rows after the founding."""

from __future__ import annotations

from engine.access.actor import Actor
from engine.blueprint import Blueprint
from engine.exchange.field_types import field_types
from engine.exchange.sheet_rows import KIND
from engine.exchange.starts import GuessedField, Start
from engine.forms.contexts.entry import GuessedColumn, GuessedTable
from engine.locale.catalogue import message
from engine.web.services import Services

AT_ONCE = 500
"""Rows that come in while the first admin waits; more come in the background."""


def guessed_tables(start: Start, blueprint: Blueprint, language: str) -> tuple[GuessedTable, ...]:
    def column(field: GuessedField) -> GuessedColumn:
        label = field_types()[field.type].label.in_(language)
        aim = f" → {blueprint.entities[field.to].label.in_(language)}" if field.to else ""
        return GuessedColumn(field.label, label + aim, field.example, not field.sure)

    return tuple(
        GuessedTable(
            table.label, message("setup.table_rows", language, count=table.rows), tuple(map(column, table.fields))
        )
        for table in start.tables
    )


def fill(services: Services, actor: Actor, start: Start) -> str:
    """Bring the rows in, as operations of the first admin; the page to go on with."""
    tables = [table for table in start.tables if table.rows]
    done = sum(table.rows for table in tables) <= AT_ONCE
    for table in tables:
        operation = services.operations.start(actor, KIND, table.entity, table.settings, table.rows)
        done = done and services.runner.run(operation)
    return f"/e/{start.tables[0].entity}" if done else "/operations"
