//! The order of rules. Later rules replace earlier ones for a whole day, which people forget in two ways: they put the
//! closed days first, where they have no effect, and they lose the hours after midnight to the next day's rule.

use super::Refusal;
use super::segments::{outside_quotes, split_rules};
use opening_hours_syntax::ExtendedTime;
use opening_hours_syntax::rules::day::{MonthdayRange, WeekDayRange, Weekday};
use opening_hours_syntax::rules::time::Time;
use opening_hours_syntax::rules::{OpeningHoursExpression, RuleKind, RuleOperator, RuleSequence};

/// Refuses closed days that a later, more general rule opens again: `PH off; Mo-Fr 09:00-17:00` is open on bank holidays.
pub(super) fn check(text: &str, expression: &OpeningHoursExpression) -> Result<(), Refusal> {
    let rules = &expression.rules;
    let is_undone = |at: usize| rules[at + 1..].iter().any(|later| reopens(later, &rules[at]));
    if !(0..rules.len()).any(is_undone) {
        return Ok(());
    }
    let candidate = groups(text, expression).map(|groups| {
        let (closing, opening): (Vec<_>, Vec<_>) = groups.into_iter().partition(|(_, group)| group.only_closes);
        let ordered: Vec<&str> = opening.into_iter().chain(closing).map(|(part, _)| part).collect();
        ordered.join("; ")
    });
    Err(Refusal { reason: "the closed days are opened again by a later rule: put them last".to_string(), candidate })
}

/// Whether a rule opens the days that an exception before it closed, without being an exception itself.
fn reopens(later: &RuleSequence, closed: &RuleSequence) -> bool {
    if closed.kind != RuleKind::Closed || later.kind != RuleKind::Open || later.operator == RuleOperator::Fallback {
        return false;
    }
    let days = &later.day_selector;
    let by_months = days.monthday.iter().all(|range| matches!(range, MonthdayRange::Month { .. }));
    let is_seasonal = !days.monthday.is_empty() || !days.week.is_empty();
    if has_holiday(later) || !days.year.is_empty() || !by_months || weekdays(later) & weekdays(closed) == 0 {
        return false;
    }
    if has_holiday(closed) {
        return true;
    }
    let is_exception = !(closed.day_selector.monthday.is_empty() && closed.day_selector.week.is_empty());
    // "Mo-Su off; Mo-Fr 09:00-17:00" begins with what is otherwise so; "Su off; Mo-Su 09:00-17:00" does not.
    !is_seasonal && (is_exception || weekdays(closed) & !weekdays(later) == 0)
}

fn has_holiday(rule: &RuleSequence) -> bool {
    rule.day_selector.weekday.iter().any(|days| matches!(days, WeekDayRange::Holiday { .. }))
}

/// Rewrites rules so that hours after midnight survive the next day's rule, where that changes nothing else: rules for
/// other weekdays than those before them are added with `, ` instead of replacing with `;`, or left out if they only
/// say that a day is closed. None if there is nothing to mend.
pub(super) fn keep_nights(text: &str) -> Option<String> {
    let expression = opening_hours_syntax::parse(text).ok()?;
    if has_fallback(&expression) {
        return None;
    }
    let mut kept = String::new();
    let mut seen = 0;
    for (part, group) in groups(text, &expression)? {
        let apart = seen & group.weekdays == 0;
        seen |= group.weekdays;
        if kept.is_empty() {
            kept.push_str(part);
        } else if !apart {
            kept.push_str("; ");
            kept.push_str(part);
        } else if !group.only_closes {
            kept.push_str(", ");
            kept.push_str(part);
        }
    }
    Some(kept)
}

/// What `;` keeps apart: a rule and those that are added to it.
struct Group {
    /// A bit for each weekday on which it could apply.
    weekdays: u8,
    only_closes: bool,
}

const ALL_WEEKDAYS: u8 = 0b111_1111;

/// Each group with its text. None if the text cannot be cut as the parser did.
fn groups<'a>(text: &'a str, expression: &OpeningHoursExpression) -> Option<Vec<(&'a str, Group)>> {
    let mut groups: Vec<Group> = Vec::new();
    for rule in &expression.rules {
        let closes = rule.kind == RuleKind::Closed;
        match groups.last_mut() {
            Some(group) if rule.operator == RuleOperator::Additional => {
                group.weekdays |= weekdays(rule);
                group.only_closes &= closes;
            }
            _ => groups.push(Group { weekdays: weekdays(rule), only_closes: closes }),
        }
    }
    let bare = outside_quotes(text);
    let parts: Vec<&str> = split_rules(&bare).into_iter().map(|range| text[range].trim()).collect();
    (parts.len() == groups.len()).then(|| parts.into_iter().zip(groups).collect())
}

fn weekdays(rule: &RuleSequence) -> u8 {
    let listed = &rule.day_selector.weekday;
    if listed.is_empty() { ALL_WEEKDAYS } else { listed.iter().fold(0, |days, range| days | weekday_bits(range)) }
}

fn weekday_bits(range: &WeekDayRange) -> u8 {
    let WeekDayRange::Fixed { range, offset: 0, .. } = range else { return ALL_WEEKDAYS };
    days_between(*range.start(), *range.end()).fold(0, |bits, day| bits | 1 << day.num_days_from_monday())
}

/// The weekdays from one to another, over the weekend if need be.
pub(in crate::model::hours) fn days_between(first: Weekday, last: Weekday) -> impl Iterator<Item = Weekday> {
    let count = last.days_since(first) as usize + 1;
    std::iter::successors(Some(first), |day| Some(day.succ())).take(count)
}

pub(super) fn passes_midnight(expression: &OpeningHoursExpression) -> bool {
    expression.rules.iter().flat_map(|rule| &rule.time_selector.spans).any(|span| match &span.range {
        std::ops::Range { start: Time::Fixed(start), end: Time::Fixed(end) } => {
            end <= start || *end > ExtendedTime::MIDNIGHT_24
        }
        _ => false,
    })
}

fn has_fallback(expression: &OpeningHoursExpression) -> bool {
    expression.rules.iter().any(|rule| rule.operator == RuleOperator::Fallback)
}
