//! What a person meant who wrote hours in English: `Mon-Fri 9am-5pm` → `Mo-Fr 09:00-17:00`.
//!
//! Every word must be understood, or there is no guess; a wrong one would be worse than none. The one convention taken
//! for granted is that `9-5`, which cannot run forwards, begins in the morning. `6-8` is not guessed at.

mod clock;
mod tokens;

use clock::{Clock, span};
use tokens::{Day, Token};

/// The likely meaning in OpenStreetMap syntax. Whether it parses is for the caller to check.
pub(super) fn guess(text: &str) -> Option<String> {
    let mut reader = Reader { tokens: tokens::tokens(text)?, at: 0 };
    let mut rules: Vec<String> = Vec::new();
    // Once times were written before their days, they are to the end: "10-12 Monday, 2pm-4pm Tuesday".
    let mut times_first = None;
    loop {
        while reader.takes(&Token::End) || reader.takes(&Token::And) {}
        let Some(next) = reader.peek() else { break };
        let rule = match next {
            Token::Always => {
                reader.at += 1;
                "24/7".to_string()
            }
            Token::Closed => {
                reader.at += 1;
                format!("{} off", reader.days()?)
            }
            Token::Clock(_) => {
                let times = reader.times()?;
                if rules.is_empty() && !reader.at_day() {
                    times
                } else {
                    if !*times_first.get_or_insert(true) {
                        return None;
                    }
                    format!("{} {times}", reader.days()?)
                }
            }
            _ => {
                let days = reader.days()?;
                if reader.takes(&Token::Closed) {
                    format!("{days} off")
                } else if reader.takes(&Token::Always) {
                    format!("{days} 00:00-24:00")
                } else {
                    if *times_first.get_or_insert(false) {
                        return None;
                    }
                    while reader.takes(&Token::And) {}
                    format!("{days} {}", reader.times()?)
                }
            }
        };
        rules.push(rule);
    }
    (!rules.is_empty()).then(|| rules.join("; "))
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn takes(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.at += usize::from(found);
        found
    }

    fn at_day(&self) -> bool {
        matches!(self.peek(), Some(Token::Day(_) | Token::Ordinal(_) | Token::BankHoliday | Token::Every))
    }

    /// Days with commas, "and" or just blanks between them. Holidays go last, where the syntax wants them.
    fn days(&mut self) -> Option<String> {
        let mut listed: Vec<String> = Vec::new();
        let mut holiday = false;
        loop {
            let start = self.at;
            while self.takes(&Token::And) {}
            let every = self.takes(&Token::Every);
            match self.peek() {
                Some(Token::BankHoliday) => {
                    self.at += 1;
                    holiday = true;
                }
                Some(Token::Ordinal(_)) => listed.push(self.nth_days(every)?),
                Some(Token::Day(_)) => listed.push(self.day_range()?),
                _ if every => return None,
                _ => {
                    self.at = start;
                    break;
                }
            }
        }
        if holiday {
            listed.push("PH".to_string());
        }
        (!listed.is_empty()).then(|| listed.join(","))
    }

    fn day_range(&mut self) -> Option<String> {
        let Some(Token::Day(first)) = self.peek().cloned() else { return None };
        self.at += 1;
        if !matches!(self.tokens.get(self.at + 1), Some(Token::Day(_))) || !self.takes(&Token::To) {
            return Some(first.to_string());
        }
        let Some(Token::Day(last)) = self.peek().cloned() else { return None };
        self.at += 1;
        let single = |day: &Day| day.len() == 2;
        (single(&first) && single(&last) && first != last).then(|| format!("{first}-{last}"))
    }

    /// "first and third Monday of the month". "Every second Monday" may mean every other one, and is not guessed at.
    fn nth_days(&mut self, every: bool) -> Option<String> {
        let mut ordinals: Vec<i8> = Vec::new();
        while let Some(Token::Ordinal(ordinal)) = self.peek() {
            ordinals.push(*ordinal);
            self.at += 1;
            if matches!(self.tokens.get(self.at + 1), Some(Token::Ordinal(_))) {
                self.takes(&Token::And);
            }
        }
        let Some(Token::Day(day)) = self.peek().cloned() else { return None };
        self.at += 1;
        let of_month = self.takes(&Token::OfMonth);
        let surely_monthly = of_month || ordinals.len() > 1 || matches!(ordinals[..], [1 | -1]);
        if day.len() != 2 || (every && !surely_monthly) {
            return None;
        }
        let ordinals: Vec<String> = ordinals.iter().map(i8::to_string).collect();
        Some(format!("{day}[{}]", ordinals.join(",")))
    }

    /// Times from … to …, with commas or "and" between them.
    fn times(&mut self) -> Option<String> {
        let mut spans = vec![self.time_span()?];
        while self.peek() == Some(&Token::And) && matches!(self.tokens.get(self.at + 1), Some(Token::Clock(_))) {
            self.at += 1;
            spans.push(self.time_span()?);
        }
        Some(spans.join(","))
    }

    fn time_span(&mut self) -> Option<String> {
        let from = self.clock()?;
        if !self.takes(&Token::To) {
            return None;
        }
        span(from, self.clock()?)
    }

    fn clock(&mut self) -> Option<Clock> {
        let Some(Token::Clock(clock)) = self.peek() else { return None };
        let clock = *clock;
        self.at += 1;
        Some(clock)
    }
}
