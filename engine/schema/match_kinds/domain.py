"""The same domain of a website or an e-mail address, but for those that many share."""

from __future__ import annotations

import re
from typing import Any

from engine.locale.text import Text
from engine.schema.match_kind import MatchKind
from engine.schema.sorting import fold

SHARED_WRITTEN = (
    "gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk live.com live.cn msn.com yahoo.com yahoo.co.uk "
    "yahoo.co.jp yahoo.de yahoo.fr yahoo.com.cn yahoo.cn ymail.com rocketmail.com aol.com icloud.com me.com mac.com "
    "proton.me protonmail.com pm.me tutanota.com tuta.com zoho.com mail.com email.com gmx.com gmx.de gmx.net gmx.at "
    "gmx.ch web.de t-online.de freenet.de arcor.de posteo.de mailbox.org 1und1.de online.de orange.fr wanadoo.fr "
    "free.fr laposte.net sfr.fr libero.it virgilio.it tiscali.it alice.it yandex.ru yandex.com mail.ru bk.ru list.ru "
    "inbox.ru rambler.ru qq.com foxmail.com vip.qq.com 163.com vip.163.com 126.com yeah.net 188.com sina.com sina.cn "
    "vip.sina.com sohu.com aliyun.com 139.com 189.cn wo.cn 21cn.com tom.com 263.net naver.com daum.net hanmail.net "
    "nate.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp btinternet.com sky.com virginmedia.com talktalk.net comcast.net "
    "verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net shaw.ca rogers.com bigpond.com "
    "optusnet.com.au xtra.co.nz rediffmail.com uol.com.br bol.com.br terra.com.br wp.pl o2.pl onet.pl interia.pl "
    "seznam.cz bluewin.ch hispeed.ch chello.at aon.at telenet.be skynet.be hetnet.nl ziggo.nl kpnmail.nl planet.nl "
    "linkedin.com facebook.com instagram.com twitter.com x.com youtube.com weibo.com zhihu.com taobao.com tmall.com "
    "jd.com 1688.com alibaba.com github.com sites.google.com "
    "google.com bilibili.com douyin.com xiaohongshu.com weixin.qq.com mp.weixin.qq.com amazon.com etsy.com"
)
SHARED = frozenset(SHARED_WRITTEN.split())
HOSTS = frozenset(
    {"github.io", "gitlab.io", "wordpress.com", "blogspot.com", "wixsite.com", "myshopify.com", "vercel.app"}
    | {"netlify.app", "herokuapp.com", "pages.dev", "web.app", "example.com", "example.org", "example.net"}
)
"""Below these each name is somebody else's."""
SECOND = frozenset({"com", "co", "org", "net", "gov", "edu", "ac", "ne", "or", "gob", "gouv"})
_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]*://)?(?:[^/@\s]*@)?([^/:?#\s@]+)")


class SameDomain(MatchKind):
    name = "domain"
    help = Text.of(
        {
            "en": "The same domain of a website or an e-mail address; not one that many share, such as gmail.com, "
            "qq.com or 163.com.",
            "zh-CN": "网站或邮箱的域名相同；众人共用的域名（如 gmail.com、qq.com、163.com）除外。",
        }
    )
    types = ("url", "email", "text")

    def keys(self, value: Any, ignore_tag: bool = False) -> tuple[str, ...]:
        found = _HOST.match(fold(str(value)))
        host = found[1].strip(".").removeprefix("www.") if found else ""
        if "." not in host or host in SHARED:
            return ()
        domain = _registered(host)
        return () if domain in SHARED else (domain,)


def _registered(host: str) -> str:
    """shop.example.co.uk is example.co.uk; an address of digits stays."""
    labels = host.split(".")
    if labels[-1].isdecimal():
        return host
    parts = 3 if len(labels[-1]) == 2 and labels[-2] in SECOND else 2
    if ".".join(labels[-parts:]) in HOSTS:
        parts += 1
    return ".".join(labels[-parts:])
