"""The documents of vouchers: the voucher itself, its payments, reroutings, second persons' words, and the ledger.

Amounts are whole units of their currency. Nothing here reads or writes a store.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from helpdesk.assistance.vouchers.life import effective


class Voucher(Struct, frozen=True, forbid_unknown_fields=True):
    """One voucher. ``number`` eleven digits once printed; ``first_day`` to ``last_day`` it is payable.

    ``suspended_until`` stands since the family withdrew: until that day it can come back, afterwards it is void.
    ``instalment`` k ``of`` n; ``alternate`` is a registered adult who may collect; ``replaces`` the voucher whose lost
    or spoiled paper this one stands for. ``basis`` is what the amount was looked up with (size, km, days).
    ``rerouted_to`` is the pay point that took the paper in, ``was`` the state that a dispute interrupted, ``mark`` how
    the payee signed for the paper.
    """

    household: str
    grant: str
    amount: int
    currency: str
    policy: int
    pay_point: int
    payee: str
    first_day: date
    last_day: date
    state: str
    planned_by: str
    number: str | None = None
    issuer: str | None = None
    approved_by: str | None = None
    void_reason: str = ""
    suspended_until: date | None = None
    case: str | None = None
    instalment: int = 1
    of: int = 1
    alternate: str | None = None
    replaces: str | None = None
    basis: dict[str, int] = {}
    rerouted_to: int | None = None
    dispute: str = ""
    was: str = ""
    mark: str = ""

    def on(self, day: date) -> str:
        """The state that counts on a day, a code of ``voucher_state``."""
        return effective(self.state, self.suspended_until, self.last_day, day)

    @property
    def payable_at(self) -> int:
        """The number of the pay point where it is paid."""
        return self.pay_point if self.rerouted_to is None else self.rerouted_to


class Payment(Struct, frozen=True, forbid_unknown_fields=True):
    """Cash handed over: an event, never changed. ``identity`` says how the collector was known.

    ``witness`` is the name of who saw it; ``witness_user`` the second account that stood for it where the payer had
    registered or planned. ``voucher`` and ``household`` are empty for a paper of another desk that was taken in by
    ``rerouting``: then the number tells whose it is. ``paper_line`` is the line of a list that was typed in afterwards.
    """

    voucher: str
    household: str
    number: str
    amount: int
    currency: str
    paid_on: date
    pay_point: int
    user: str
    witness: str
    identity: str
    collector: str = "PAYEE"
    mark: str = "SIGNATURE"
    witness_user: str | None = None
    distribution: str | None = None
    paper_line: int | None = None
    rerouting: str | None = None


class Witness(Struct, frozen=True, forbid_unknown_fields=True):
    """A second account's own signed word, good for its day: for a payment to come, or for a rerouting.

    ``what`` is a code of ``witnessed``; ``of`` the id of the voucher or of the rerouting.
    """

    what: str
    of: str
    household: str
    on: date
    by: str


class Rerouting(Struct, frozen=True, forbid_unknown_fields=True):
    """A paper that another pay point took in, with all that its signed code says: an event, never changed.

    ``voucher`` and ``household`` are empty where this desk does not know the family. It counts once a second account
    has stood for it.
    """

    number: str
    household_number: str
    amount: int
    currency: str
    grant: str
    first_day: date
    last_day: date
    policy: int
    issuer: str
    from_point: int
    to_point: int
    on: date
    by: str
    voucher: str = ""
    household: str = ""


class LedgerEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """Entry ``n`` (from 1) of the ledger of one desk in one epoch, signed by whoever acted.

    ``previous`` is the hash of entry n - 1 of the same desk and epoch, "" for the first; ``state`` what the voucher
    was after it.
    """

    device: str
    epoch: str
    n: int
    previous: str
    act: str
    voucher: str
    number: str | None
    amount: int
    state: str
    payment: str | None
    user: str
    on: date
