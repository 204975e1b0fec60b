"""Small blueprints for the tests of publishing."""

from __future__ import annotations

from pathlib import Path

from engine.publishing.founding import Founder
from engine.publishing.workspace import Workspace

CLUB = """
blueprint: {id: club, version: 1.0.0, title: {en: Chess club, zh-CN: 棋社}}
settings: {currency: EUR}
options:
  level: {beginner: {en: Beginner, zh-CN: 初学}, master: {en: Master, zh-CN: 大师}}
entities:
  member:
    label: {en: Member, zh-CN: 成员}
    fields:
      name: {type: text, required: true, label: {en: Name, zh-CN: 姓名}}
      level: {type: choice, options: level, label: {en: Level, zh-CN: 等级}}
      fee: {type: money, label: {en: Fee, zh-CN: 会费}}
      rating: {type: decimal, scale: 1, label: {en: Rating, zh-CN: 评分}}
      coach: {type: link, to: member, label: {en: Coach, zh-CN: 教练}}
roles:
  admin: {admin: true, label: {en: Administrator, zh-CN: 管理员}, entities: {"*": {read: true, create: true}}}
seed:
  member: {magnus: {name: Magnus, level: master, fee: "10.50", coach: judit}, judit: {name: Judit}}
"""


def write(folder: Path, text: str = CLUB, name: str = "blueprint.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def found(founder: Founder, folder: Path, demo: bool = True) -> Workspace:
    return founder.found(folder, None, demo, lambda done, total: None)
