"""A small shop whose tests are run: deals with a pipeline, two roles, and what became of each test."""

from __future__ import annotations

from engine.blueprint_tests.outcome import Outcome
from engine.blueprint_tests.run import run_tests
from engine.compiling import compile_sources
from engine.publishing.testing import trial_ground

SHOP = """\
blueprint: {id: shop, version: 1.0.0}
settings: {languages: [en], time_zone: Asia/Shanghai}
entities:
  account:
    title: name
    fields: {name: {type: text, required: true, unique: true}}
  deal:
    title: name
    fields:
      name: {type: text, required: true}
      account: {type: link, to: account, on_delete: cascade}
      amount: {type: money, validate: "amount >= 0", label: Amount}
      opens: {type: date}
      closes: {type: date}
      stage: {type: stage, pipeline: sales}
      lines: {type: children, of: line, key: deal}
  line:
    title: name
    fields:
      deal: {type: link, to: deal, on_delete: cascade}
      name: {type: text, required: true}
      quantity: {type: integer, default: 1}
pipelines:
  sales:
    entity: deal
    states: {lead: {kind: open}, offer: {kind: open, label: Offer}, won: {kind: won, label: Won}}
    transitions:
      offer: {from: lead, to: offer}
      win: {from: offer, to: won, if: "amount > 0", ask: [closes]}
roles:
  boss: {admin: true, entities: {"*": {read: all, create: true, update: all, delete: all}}}
  sales: {entities: {deal: {read: own, create: true, update: own}, account: {read: all}}}
seed:
  account: {house: {name: House}}
"""


def outcomes(tests: str, url: str | None = None) -> list[Outcome]:
    """What became of each test of a section `tests:` written under the shop."""
    compiled = compile_sources({"blueprint.yaml": SHOP, "tests/deals.yaml": tests})
    assert compiled.blueprint is not None, compiled.problems.lines()
    with trial_ground(compiled.blueprint, url) as ground:
        return list(run_tests(ground, compiled.blueprint.tests))


def failures(
    when: str, then: str, given: str = "deal: {d: {name: Big, owner: me, amount: 90, stage: offer}}"
) -> list[str]:
    """What does not hold in a test of somebody from sales, each with its place."""
    text = "\n".join(
        (
            "tests:",
            "  - name: A deal",
            "    as: sales",
            f"    given: {{{given}}}",
            f"    when: [{when}]",
            f"    then: [{then}]",
        )
    )
    return [f"{each.place} {each.message.in_('en')}" for each in outcomes(text)[0].failures]
