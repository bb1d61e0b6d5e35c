"""The meaning of a question told a second time, by trying every plan: the judge of the optimizer.

Written from docs/question.md alone and with other arithmetic (whole numbers and fractions): it
shares no code with the rules' rows.
"""

from fractions import Fraction
from functools import cache
from itertools import product


@cache
def number(value):
    exact = Fraction(repr(float(value)))
    return exact.numerator if exact.denominator == 1 else exact


def plans(question):
    """Every (starts, standalone) there is: project -> (option, period) or None."""
    periods = question.horizon.periods
    choices = []
    for project in question.projects:
        first, last = project.window or (0, periods - 1)
        choices.append(
            [None]
            + [
                (option, t)
                for option in project.options
                for t in range(periods)
                if first <= t <= last and t + option.duration <= periods
            ]
        )
    payoffs = [[None, *range(periods)] if d.standalone else [None] for d in question.debts]
    codes = [p.code for p in question.projects]
    for starts in product(*choices):
        for paid in product(*payoffs):
            yield (
                {c: s for c, s in zip(codes, starts, strict=True) if s},
                {d.code: p for d, p in zip(question.debts, paid, strict=True) if p is not None},
            )


class Reading:
    """One plan, read in the question's own words."""

    def __init__(self, question, starts, paid):
        self.q, self.starts, self.paid = question, starts, paid
        self.projects = {p.code: p for p in question.projects}
        self.debts = {d.code: d for d in question.debts}

    def cost(self, code):
        option, _ = self.starts[code]
        whole = sum(number(x) for series in option.cost.values() for x in series)
        return self.paid_of(code) * whole

    def paid_of(self, code):
        """The share of its cost that the project is paid for."""
        return 1

    def worth_of(self, code):
        option, _ = self.starts[code]
        return number(self.projects[code].value) * number(option.value_factor)

    def standalone_cost(self):
        return sum(number(self.debts[d].standalone.cost) for d in self.paid)

    def end(self, code):
        option, t = self.starts[code]
        return t + option.duration

    def there(self, debt, period):
        """How much there is of the debt by the end of the period, were nothing retired: 0 or 1."""
        maker = self.debts[debt].created_by
        if not maker:
            return 1
        return int(maker in self.starts and self.end(maker) - 1 <= period)

    def gets_there(self, debt, code):
        """The period by whose end the project has retired its share of the debt."""
        own = self.end(code) - self.starts[code][1]
        return self.starts[code][1] + min(own, self.debts[debt].retired_after.get(code, own)) - 1

    def retired(self, debt, period):
        share = sum(
            number(r)
            for code, r in self.debts[debt].retired_by.items()
            if code in self.starts and self.gets_there(debt, code) <= period
        )
        if debt in self.paid and self.paid[debt] <= period:
            share += 1
        return min(self.there(debt, period), share)

    def remains(self, debt, period):
        return self.there(debt, period) - self.retired(debt, period)

    def spared(self, debt, period):
        """How much less of the debt there is than if nothing were done."""
        return int(not self.debts[debt].created_by) - self.remains(debt, period)

    def pays_for_what_is_there(self):
        return all(self.there(debt, period) for debt, period in self.paid.items())

    def is_red(self, system):
        """The published formula, in fractions."""
        last = self.q.horizon.periods - 1
        if any(code in self.starts for code in system.replaced_by):
            return False
        levels = list(system.likelihood)
        for one in system.lowered:
            if all(self.remains(debt, last) <= Fraction(1, 10**9) for debt in one.debts):
                levels[one.criterion] = one.to
        likelihood = (Fraction(sum(levels), 7) + max(levels)) / 2
        impact = (Fraction(sum(system.impact), 6) + max(system.impact)) / 2
        return likelihood * impact >= 16

    def red(self):
        return [system.code for system in self.q.systems if self.is_red(system)]

    def use(self, envelope, period):
        spent = 0
        for code, (option, t) in self.starts.items():
            series = option.cost.get(envelope, ())
            if 0 <= period - t < len(series):
                spent += self.paid_of(code) * number(series[period - t])
        for debt, when in self.paid.items():
            alone = self.debts[debt].standalone
            if when == period and alone.envelope == envelope:
                spent += number(alone.cost)
        for rule in self.q.rules:
            if rule.kind == "synergy" and all(c in self.starts for c in rule.projects):
                saving = rule.saving.get(envelope, ())
                spent -= number(saving[period]) if period < len(saving) else 0
        return max(0, spent)

    def money_holds(self):
        for code, envelope in self.q.envelopes.items():
            brought = 0
            for period in range(self.q.horizon.periods):
                series = envelope.limits
                limit = number(series[period]) if period < len(series) else 0
                left = limit + brought - self.use(code, period)
                if left < 0:
                    return False
                brought = min(left, number(envelope.carry) * limit)
        return True

    def teams_hold(self):
        for code, team in self.q.teams.items():
            for period in range(self.q.horizon.periods):
                worked = sum(
                    number(option.effort[code][period - t])
                    for option, t in self.starts.values()
                    if code in option.effort and 0 <= period - t < len(option.effort[code])
                )
                if worked > (number(team.capacity[period]) if period < len(team.capacity) else 0):
                    return False
        return True

    def quantity(self, of, code):
        if of == "cost":
            return self.cost(code)
        if of == "value":
            return self.worth_of(code)
        if of == "count":
            return 1
        return number(self.projects[code].measures.get(of, 0))

    def in_group(self, where, code):
        if where is None:
            return True
        if hasattr(where, "projects"):
            return code in where.projects
        tag = self.projects[code].tags.get(where.tag, ())
        return where.key in ([tag] if isinstance(tag, str) else tag)

    def bound(self, rule):
        group = sum(self.quantity(rule.of, c) for c in self.starts if self.in_group(rule.where, c))
        whole = sum(self.quantity(rule.of, c) for c in self.starts)
        side = number(rule.share) * whole if rule.share is not None else number(rule.limit)
        return group >= side if rule.kind == "floor" else group <= side

    def keeps(self, rule):
        s, last = self.starts, self.q.horizon.periods - 1
        match rule.kind:
            case "needs":
                return rule.project not in s or (
                    rule.on in s and self.end(rule.on) + rule.lag <= s[rule.project][1]
                )
            case "needs-one-of":
                return rule.project not in s or any(
                    c in s and self.end(c) + rule.lag <= s[rule.project][1] for c in rule.any
                )
            case "excludes":
                return sum(c in s for c in rule.projects) <= rule.at_most
            case "together":
                return len({c in s for c in rule.projects}) <= 1
            case "synergy":
                return True
            case "mandatory":
                late = rule.deadline is not None and rule.project in s
                return rule.project in s and not (
                    late and self.end(rule.project) - 1 > rule.deadline
                )
            case "force":
                return (rule.project in s) == rule.chosen
            case "window":
                if rule.project not in s:
                    return True
                t = s[rule.project][1]
                return (rule.earliest is None or t >= rule.earliest) and (
                    rule.latest is None or t <= rule.latest
                )
            case "at-most-starts":
                return all(
                    sum(t == p for _, t in s.values()) <= rule.count for p in range(last + 1)
                )
            case "floor" | "ceiling":
                return self.bound(rule)
            case "debt-ceiling":
                left = sum(
                    number(d.principal) * self.remains(d.code, last) for d in self.q.debts
                )
                return left <= number(rule.principal)
            case "red-limit":
                return len(self.red()) <= rule.count
            case "debt-floor":
                repaying = sum(self.cost(c) * number(self.projects[c].debt_share) for c in s)
                return repaying + self.standalone_cost() >= number(rule.share) * self.spent()
        raise AssertionError(rule.kind)

    def spent(self):
        return sum(self.cost(c) for c in self.starts) + self.standalone_cost()

    def holds(self):
        if not all(map(self.keeps, self.q.rules)):
            return False
        return self.pays_for_what_is_there() and self.money_holds() and self.teams_hold()

    def objective(self):
        asked = self.q.maximize
        asked = {asked: 1.0} if isinstance(asked, str) else asked
        return sum(number(weight) * self.one(name) for name, weight in asked.items())

    def one(self, name):
        if name.startswith("-"):
            return -self.one(name[1:])
        last = self.q.horizon.periods - 1
        if name == "value":
            fade = 1 + Fraction(number(self.q.discount))
            own = sum(self.worth_of(c) / fade ** self.starts[c][1] for c in self.starts)
            extra = sum(
                number(r.value)
                for r in self.q.rules
                if r.kind == "synergy" and all(c in self.starts for c in r.projects)
            )
            return own + extra
        if name == "cost":
            return self.spent()
        if name == "debt":
            return sum(number(d.principal) * self.spared(d.code, last) for d in self.q.debts)
        if name in ("interest", "avoided"):
            fade = 1 + Fraction(number(self.q.discount) if name == "avoided" else 0)
            within = sum(
                number(d.interest[p]) / fade**p * self.spared(d.code, p - 1)
                for d in self.q.debts
                for p in range(1, last + 1)
                if p < len(d.interest)
            )
            beyond = sum(number(d.terminal) * self.spared(d.code, last) for d in self.q.debts)
            return within + (beyond if name == "avoided" else 0)
        if name == "red":
            return len(self.red())
        return sum(self.quantity(name, c) for c in self.starts)

    def order(self):
        """The tie rules as one key, the smallest first."""
        declared = [
            0 if self.starts.get(p.code) == (option, t) else 1
            for p in self.q.projects
            for option in p.options
            for t in range(self.q.horizon.periods)
        ]
        return self.spent(), sum(t for _, t in self.starts.values()), declared


def best(question):
    """(objective, the reading that the tie rules name, the number of best plans) or None."""
    found = [r for s, p in plans(question) if (r := Reading(question, s, p)).holds()]
    if not found:
        return None
    reached = [r.objective() for r in found]
    top = max(reached)
    equal = [r for r, one in zip(found, reached, strict=True) if one == top]
    return top, min(equal, key=Reading.order), len(equal)
