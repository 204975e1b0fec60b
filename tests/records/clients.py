"""Companies and people that may be the same, with everything that can hang on a record."""

from __future__ import annotations

from functools import lru_cache

from engine.clock import SettableClock
from engine.compiling import Compiled, compile_sources
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from tests.records.shop import Shop, open_shop

BLUEPRINT = """
blueprint: {id: clients, version: 1.0.0, title: Clients}
settings: {languages: [en], currency: EUR, phone_region: CN}
entities:
  account:
    title: name
    plural: Accounts
    acts_as: organisation
    fields:
      name: {type: text, required: true}
      code: {type: text, unique: true}
      website: {type: url}
      phone: {type: phone}
      tags: {type: tags}
      parent: {type: link, to: account, tree: true}
      friends: {type: links, to: account}
      papers: {type: files, max: 5}
      logo: {type: image}
      note: {type: long_text}
  contact:
    title: name
    plural: Contacts
    acts_as: person
    fields:
      name: {type: person_name, required: true}
      email: {type: email}
      mobile: {type: phone}
      phone: {type: phone}
      account: {type: link, to: account, on_delete: restrict}
  deal:
    title: name
    plural: Deals
    unique: [[account, name]]
    fields:
      name: {type: text, required: true}
      account: {type: link, to: account, on_delete: cascade}
      partners: {type: links, to: account}
      about: {type: any_link, to: [account, contact]}
      lines: {type: children, of: deal_line, key: deal}
  deal_line:
    title: product
    fields:
      deal: {type: link, to: deal, required: true}
      product: {type: text, required: true}
matching:
  contact:
    same_email: {all: [{field: email, ignore_tag: true}], verdict: certain}
    same_phone: {all: [{fields: [mobile, phone]}]}
    same_person: {all: [{field: name}, {field: account}]}
roles:
  boss: {entities: {"*": {read: all, create: true, update: all, delete: all}}}
  seller:
    entities:
      account: {read: own, create: true, update: own, delete: own}
      contact: {read: own, create: true, update: own, delete: own}
      deal: {read: all, create: true, update: all}
  reader: {entities: {account: {read: all}, contact: {read: all}}}
"""


@lru_cache(maxsize=2)
def compiled(blocking: bool = False) -> Compiled:
    """With rules that tell, or that keep a second record out."""
    certain, similar = "verdict: certain", "same_person: {all: [{field: name}, {field: account}]"
    written = BLUEPRINT.replace(certain, f"{certain}, block: true").replace(similar, f"{similar}, block: true")
    whole = compile_sources({"blueprint.yaml": written if blocking else BLUEPRINT})
    assert whole.blueprint is not None, "\n".join(whole.problems.lines())
    return whole


def open_clients(database: Database, clock: SettableClock, ids: Identifiers, blocking: bool = False) -> Shop:
    return open_shop(database, clock, ids, compiled(blocking))
