"""What the centre tells a desk: who it is, whom to believe, which numbers and amounts it may use.

The documents of a ``bundle`` file and of ``programme.json`` (FORMATS.md section 1). Days are days since 1970,
keys lower-case hex. They are only data here: signing and checking files is the exchange's work.
"""

from __future__ import annotations

from msgspec import Struct


class ProgrammeKeys(Struct, frozen=True, forbid_unknown_fields=True):
    """The start of trust: the statement of ``programme.json``.

    ``roots``, ``config`` and ``ack`` are Ed25519 public keys, ``intake`` and ``recovery`` age recipients,
    ``protection`` an X25519 public key.
    """

    v: int
    programme: str
    version: int
    practice: bool
    roots: tuple[str, ...]
    threshold: int
    config: tuple[str, ...]
    ack: tuple[str, ...]
    intake: str
    recovery: str
    protection: str


class PayPoint(Struct, frozen=True, forbid_unknown_fields=True):
    """A place where vouchers are paid."""

    number: int
    name: str


class DeskFacts(Struct, frozen=True, forbid_unknown_fields=True):
    """Who this desk is. ``sites`` are ids of the gazetteer; ``side`` is DIS (displacement) or RET (return)."""

    number: int
    name: str
    device: str
    side: str
    sites: tuple[str, ...]
    pay_points: tuple[PayPoint, ...]


class KnownKey(Struct, frozen=True, forbid_unknown_fields=True):
    """A key to believe, from a day to a day. A revoked device is believed up to ``after_seq``."""

    keyid: str
    pub: str
    desk: int
    from_day: int
    to_day: int | None = None
    status: str = "live"
    after_seq: int | None = None


class KnownUser(Struct, frozen=True, forbid_unknown_fields=True):
    """A person with an account, without a name. ``status`` live, closed, or revoked: open until its desk was lost.

    ``closed_on`` is the number of the day on which the account was closed: what she signed later counts nowhere.
    """

    id: str
    role: str
    pub: str
    desk: int
    status: str = "live"
    closed_on: int | None = None


class Sibling(Struct, frozen=True, forbid_unknown_fields=True):
    """Another laptop of the same camp that batches are also encrypted to."""

    desk: int
    device: str
    recipient: str
    enrolment: str


class KnownDesk(Struct, frozen=True, forbid_unknown_fields=True):
    """A desk of the programme to which families may be handed over: number, name, side, and its age recipient."""

    number: int
    name: str
    side: str
    recipient: str


class Block(Struct, frozen=True, forbid_unknown_fields=True):
    """``count`` numbers without their check digits, from ``first``; ``kind`` is household or voucher."""

    kind: str
    first: int
    count: int


class GrantAmount(Struct, frozen=True, forbid_unknown_fields=True):
    """Amount in whole units for households of ``from_size`` to ``to_size`` persons.

    ``from_km`` up to, and not with, ``to_km`` is the band of distance, None without end. Where ``days`` is set the
    amount is for one person-day, and no more than so many are paid by one voucher.
    """

    from_size: int
    to_size: int
    amount: int
    from_km: int = 0
    to_km: int | None = None
    days: int | None = None


class GrantPolicy(Struct, frozen=True, forbid_unknown_fields=True):
    """The amounts of one grant type and the days they hold; nobody at a desk types an amount.

    ``instalments`` are the percent of each, empty for one payment; ``together`` where all are planned at once.
    Whatever is paid is a multiple of ``step``, the smallest note. Arrival packages have ``currency`` XXX and are
    counted in ``amount``.
    """

    type: str
    currency: str
    version: int
    from_day: int
    to_day: int
    valid_days: int
    amounts: tuple[GrantAmount, ...]
    instalments: tuple[int, ...] = ()
    together: bool = False
    step: int = 1


class MoneyTerms(Struct, frozen=True, forbid_unknown_fields=True):
    """How money is guarded. ``sample_percent`` of a list of ``sample_from`` or more is opened before it is approved.

    At most ``approve_cap`` vouchers are approved at once, at most ``reroute_cap`` paid for other pay points at one pay
    point on one day. A supervisor's reason for other cash holds ``need_days``.
    """

    sample_percent: int = 10
    sample_from: int = 2
    approve_cap: int = 500
    reroute_cap: int = 10
    need_days: int = 30


class Decision(Struct, frozen=True, forbid_unknown_fields=True):
    """The centre's neutral word on one household: ``proceed`` or ``wait``, never why."""

    household: str
    decision: str
    on: int


class AddedPlace(Struct, frozen=True, forbid_unknown_fields=True):
    """A place the gazetteer lacks."""

    id: str
    kind: str
    parent: str
    name_en: str
    name_ar: str
    name_ku: str = ""


class Helpline(Struct, frozen=True, forbid_unknown_fields=True):
    """A number printed on cards and slips: in which language's words, and the number."""

    label: str
    number: str


class ClearanceRule(Struct, frozen=True, forbid_unknown_fields=True):
    """The authorities every traveller needs on the way from one place to another; "" means any place."""

    origin: str
    destination: str
    authorities: tuple[str, ...]


class IssuedTable(Struct, frozen=True, forbid_unknown_fields=True):
    """Which table of authorities the bundle ``version`` of a desk held: ``table`` is its place in ``tables``."""

    desk: int
    version: int
    issued: int
    table: int


class KnownOffer(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the service directory, as the centre gathered it: what is offered to those who live in a place.

    ``free`` of cost, ``days`` codes of weekdays, ``capacity`` families a month, each None or empty where not known.
    """

    id: str
    place: str
    provider: str
    sector: str
    what: str
    for_whom: str = ""
    contact: str = ""
    free: bool | None = None
    days: tuple[str, ...] = ()
    hours: str = ""
    capacity: int | None = None
    checked: int | None = None


class FeedbackWord(Struct, frozen=True, forbid_unknown_fields=True):
    """The centre's word on sealed feedback, to the desk that took it down: ``RECEIVED`` or ``CLOSED``, never why."""

    number: str
    state: str
    on: int


class PaidList(Struct, frozen=True, forbid_unknown_fields=True):
    """What a bundle says of its paid list (desk/paid_list.py), whose pages follow it in lines of their own.

    ``salt`` is the key of its hash in hex, ``span`` the numbers of one page, ``digest`` SHA-256 over all pages in hex.
    """

    day: int
    salt: str
    span: int
    pages: int
    digest: str


class ListedCode(Struct, frozen=True, forbid_unknown_fields=True):
    """The centre's word on one entry of a code list that may grow (helpdesk.core.codes.Listed).

    ``labels`` by language, empty where only its being offered changed.
    """

    list: str
    code: str
    labels: dict[str, str] = {}
    retired: bool = False


class Bundle(Struct, frozen=True, forbid_unknown_fields=True):
    """One desk's bundle. After ``expires`` the desk warns, after ``hard_expires`` nothing new is approved.

    ``centre_users`` are the centre's own accounts: their signatures stand under what is decided of whole places.
    What it tells of single families, vouchers and cards a desk keeps in a table, and asks there (told.py).
    """

    v: int
    programme: str
    practice: bool
    version: int
    issued: int
    expires: int
    hard_expires: int
    desk: DeskFacts
    intake: str
    recovery: str
    protection: str
    match_key: str
    siblings: tuple[Sibling, ...] = ()
    devices: tuple[KnownKey, ...] = ()
    issuers: tuple[KnownKey, ...] = ()
    users: tuple[KnownUser, ...] = ()
    blocks: tuple[Block, ...] = ()
    grants: tuple[GrantPolicy, ...] = ()
    places: tuple[AddedPlace, ...] = ()
    helplines: tuple[Helpline, ...] = ()
    modules: dict[str, bool] = {}
    clearances: tuple[ClearanceRule, ...] = ()
    centre_users: tuple[KnownUser, ...] = ()
    desks: tuple[KnownDesk, ...] = ()
    money: MoneyTerms = MoneyTerms()
    paid: PaidList | None = None
    code_lists: tuple[ListedCode, ...] = ()


class WholeBundle(Bundle, frozen=True, forbid_unknown_fields=True):
    """A bundle with all that it tells, as the centre makes it; files of version 1 hold it so in their one line.

    From version 2 on each list that grows follows the line in lines of its own, and ``behind`` tells of how many rows.
    ``transfers`` are the identities of a lost desk's files that the centre believes although the desk was revoked.
    ``tables_issued`` tells which of ``tables`` each desk's bundles held: by them departures from elsewhere are judged.
    """

    revoked_cards: tuple[str, ...] = ()
    revoked_vouchers: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    services: tuple[KnownOffer, ...] = ()
    feedback: tuple[FeedbackWord, ...] = ()
    transfers: tuple[str, ...] = ()
    tables: tuple[tuple[ClearanceRule, ...], ...] = ()
    tables_issued: tuple[IssuedTable, ...] = ()
    behind: dict[str, int] = {}


HELD = (
    "siblings",
    "devices",
    "issuers",
    "users",
    "blocks",
    "grants",
    "places",
    "helplines",
    "clearances",
    "centre_users",
    "desks",
    "code_lists",
)
"""The lists that a desk holds with the bundle in force: one row for a desk, an account or a place, never a family."""


def without_lists(whole: WholeBundle) -> Bundle:
    """What a desk holds of a bundle; the rest goes into its table."""
    return Bundle(**{name: getattr(whole, name) for name in Bundle.__struct_fields__})
