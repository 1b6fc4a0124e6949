"""Matching of items (applications) with reviewers: enough reviewers for each, no conflicts, even loads."""

import hashlib
from collections import deque
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)
Reviewer = TypeVar("Reviewer", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Assignment(Generic[Item, Reviewer]):
    """Who reads what.

    `pairs`: (item, reviewer) of all items asked for, those that existed included, item by item in the order given.
    `added`: the new ones of them. `short`: (item, how many reviewers it lacks), in the order given.
    """

    pairs: tuple[tuple[Item, Reviewer], ...]
    added: tuple[tuple[Item, Reviewer], ...]
    short: tuple[tuple[Item, int], ...]


def assign(
    items: Iterable[Item],
    reviewers: Iterable[Reviewer],
    per_item: int,
    conflicts: Collection[tuple[Item, Reviewer]] = (),
    load: int | Mapping[Reviewer, int] | None = None,
    *,
    existing: Iterable[tuple[Item, Reviewer]] = (),
    seed: str = "",
) -> Assignment[Item, Reviewer]:
    """Give every item up to `per_item` different reviewers.

    `conflicts`: pairs that must not be made. `load`: the most pairs a reviewer may carry, for all or by reviewer (one
    not named has no limit); None: no limit. `existing`: pairs already made; they are kept whatever the other rules say,
    count as load (pairs of other items too) and towards their item's number. `seed`: another one deals differently.

    Promises: as many pairs as can be made at all; where somebody must lack, no item lacks two while another could lack
    instead of it; with the items so served, the sum of squared loads is the least possible, so loads differ by at most
    one unless conflicts, limits or existing pairs forbid it. The same input in any order gives the same pairs.

    Method: successive shortest augmenting paths of a flow item → reviewer → end with convex costs at the end, the
    least loaded reviewer that can be reached taking one more (Harvey, Ladner, Lovász, Tamir: Semi-matchings for
    bipartite graphs and load balancing, 2006). Items get their reviewers in rounds, so that nobody is served twice
    before all are served once. O(per_item · items² · reviewers) at worst, in practice nearly linear.
    """
    wanted = list(dict.fromkeys(items))
    dealer = _Dealer(wanted, list(dict.fromkeys(reviewers)), conflicts, load=load, existing=set(existing), seed=seed)
    lacking = {item: max(0, per_item - len(dealer.kept[item])) for item in wanted}
    waiting = sorted((item for item in wanted if lacking[item]), key=lambda item: _lot(seed, item))
    while waiting:
        # Those who lack most go first: existing pairs may have given others a start.
        most = max(lacking[item] for item in waiting)
        for item in [item for item in waiting if lacking[item] == most]:
            if dealer.serve(item):
                lacking[item] -= 1
            else:  # Nobody now means nobody later: serving others never opens a way (the served form a matroid).
                waiting.remove(item)
        waiting = [item for item in waiting if lacking[item]]
    return dealer.result(wanted, lacking)


def _lot(seed: str, *names: Hashable) -> bytes:
    """Draw that depends on names alone, not on the order in which they come, the process or the machine."""
    return hashlib.blake2b("\0".join([seed, *map(str, names)]).encode(), digest_size=8).digest()


class _Dealer(Generic[Item, Reviewer]):
    """The pairs so far, and the search for one more."""

    def __init__(
        self,
        items: list[Item],
        reviewers: list[Reviewer],
        conflicts: Collection[tuple[Item, Reviewer]],
        *,
        load: int | Mapping[Reviewer, int] | None,
        existing: set[tuple[Item, Reviewer]],
        seed: str,
    ) -> None:
        """Nobody has anything yet but what existed."""
        self.kept: dict[Item, set[Reviewer]] = {item: set() for item in items}
        self.dealt: dict[Item, dict[Reviewer, None]] = {item: {} for item in items}
        self.holds: dict[Reviewer, dict[Item, None]] = {reviewer: {} for reviewer in reviewers}
        self.loads = dict.fromkeys(reviewers, 0)
        for item, reviewer in existing:
            if item in self.kept:
                self.kept[item].add(reviewer)
            if reviewer in self.loads:
                self.loads[reviewer] += 1
        self.limits = load if isinstance(load, Mapping) else dict.fromkeys(reviewers, load) if load is not None else {}
        forbidden = set(conflicts) | existing
        self.candidates: dict[Item, list[Reviewer]] = {
            item: sorted(
                (reviewer for reviewer in reviewers if (item, reviewer) not in forbidden),
                key=lambda reviewer, item=item: _lot(seed, item, reviewer),  # type: ignore[misc]
            )
            for item in items
        }

    def has_room(self, reviewer: Reviewer) -> bool:
        """Whether the reviewer may carry one more."""
        limit = self.limits.get(reviewer)
        return limit is None or self.loads[reviewer] < limit

    def serve(self, item: Item) -> bool:
        """Give the item one more reviewer, moving others' reviewers about where that evens the loads."""
        room = [carried for reviewer, carried in self.loads.items() if self.has_room(reviewer)]
        if not room:
            return False
        least = min(room)
        came: dict[Reviewer, tuple[Item, Reviewer | None]] = {}
        queue: deque[Reviewer] = deque()
        best = self._reach(item, None, came, queue, None)
        while queue and (best is None or self.loads[best] > least):
            giver = queue.popleft()
            for held in self.holds[giver]:
                best = self._reach(held, giver, came, queue, best)
        if best is None:
            return False
        self.loads[best] += 1
        taker: Reviewer | None = best
        while taker is not None:
            got, giver_or_none = came[taker]
            self.dealt[got][taker] = None
            self.holds[taker][got] = None
            if giver_or_none is not None:
                del self.dealt[got][giver_or_none]
                del self.holds[giver_or_none][got]
            taker = giver_or_none
        return True

    def _reach(
        self,
        item: Item,
        giver: Reviewer | None,
        came: dict[Reviewer, tuple[Item, Reviewer | None]],
        queue: deque[Reviewer],
        best: Reviewer | None,
    ) -> Reviewer | None:
        """Note who could take the item (from the giver, if any); return the least loaded with room met so far."""
        for reviewer in self.candidates[item]:
            if reviewer in came or reviewer in self.dealt[item]:
                continue
            came[reviewer] = (item, giver)
            queue.append(reviewer)
            if self.has_room(reviewer) and (best is None or self.loads[reviewer] < self.loads[best]):
                best = reviewer
        return best

    def result(self, items: list[Item], lacking: Mapping[Item, int]) -> Assignment[Item, Reviewer]:
        """The pairs in an order that depends on names alone within an item."""
        pairs: list[tuple[Item, Reviewer]] = []
        added: list[tuple[Item, Reviewer]] = []
        for item in items:
            new = [(item, reviewer) for reviewer in self.candidates[item] if reviewer in self.dealt[item]]
            pairs += [(item, reviewer) for reviewer in sorted(self.kept[item], key=str)] + new
            added += new
        return Assignment(tuple(pairs), tuple(added), tuple((item, lacking[item]) for item in items if lacking[item]))
