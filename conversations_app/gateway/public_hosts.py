"""HTTP to the world outside alone: whatever a name resolves to, nothing is said to an address inside our network.

Looked at on the very connection that is used, so that a name which resolves differently a moment later changes nothing.
"""

import ipaddress
import socket
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError


class NotPublic(NewConnectionError):
    """`requests` makes a ConnectionError of it, as of any host that cannot be reached."""


def is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return ip.is_global and not ip.is_multicast


class _Https(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(self, super()._new_conn())


class _Http(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(self, super()._new_conn())


def _checked(connection: HTTPConnection, made: socket.socket) -> socket.socket:
    if not is_public(str(made.getpeername()[0])):
        made.close()
        raise NotPublic(connection, "its address is not a public one")
    return made


class _HttpsPool(HTTPSConnectionPool):
    ConnectionCls = _Https


class _HttpPool(HTTPConnectionPool):
    ConnectionCls = _Http


class _PublicHostsOnly(HTTPAdapter):
    """Where a proxy is configured, it is the proxy that connects, and that decides."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _HttpPool, "https": _HttpsPool}


def session() -> requests.Session:
    made = requests.Session()
    made.mount("https://", _PublicHostsOnly())
    made.mount("http://", _PublicHostsOnly())
    return made
