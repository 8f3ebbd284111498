//! Times of day and dates, in each language's way. Times are in UTC; the texts say so.

use crate::language::Language;

/// What stands between hours and minutes in French.
const FRENCH_HOURS: &str = "\u{A0}h\u{A0}";

const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A moment, read from RFC 3339 in UTC.
struct Moment {
    month: usize,
    day: usize,
    hour: usize,
    minute: usize,
}

/// Reads `2026-11-22T14:32:07Z`. Only the digits are looked at: a form of output in which some characters mean
/// something puts a backslash before them.
fn moment(text: &str) -> Option<Moment> {
    let text = text.trim_start_matches('-');
    let digits: Vec<usize> = text
        .chars()
        .filter_map(|c| c.to_digit(10))
        .map(|digit| digit as usize)
        .collect();
    let two = |at: usize| Some(digits.get(at)? * 10 + digits.get(at + 1)?);
    let moment = Moment {
        month: two(4)?,
        day: two(6)?,
        hour: two(8)?,
        minute: two(10)?,
    };
    let is_real = (1..=12).contains(&moment.month)
        && (1..=31).contains(&moment.day)
        && moment.hour < 24
        && moment.minute < 60;
    is_real.then_some(moment)
}

/// The time of day of an RFC 3339 time: `14 h 32` or `14:32`. Seconds are left out.
pub(crate) fn time_of_day(text: &str, language: Language) -> Option<String> {
    let Moment { hour, minute, .. } = moment(text)?;
    Some(match language {
        Language::French => format!("{hour}{FRENCH_HOURS}{minute:02}"),
        Language::English => format!("{hour:02}:{minute:02}"),
    })
}

/// The date of an RFC 3339 time without its year: `22 novembre` or `22 November`.
pub(crate) fn date(text: &str, language: Language) -> Option<String> {
    let Moment { month, day, .. } = moment(text)?;
    Some(match (language, day) {
        (Language::French, 1) => format!("1er {}", MONTHS_FR[month - 1]),
        (Language::French, _) => format!("{day} {}", MONTHS_FR[month - 1]),
        (Language::English, _) => format!("{day} {}", MONTHS_EN[month - 1]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, french: Option<&str>, english: Option<&str>) {
        for (language, expect) in [(Language::French, french), (Language::English, english)] {
            let words = time_of_day(text, language)
                .zip(date(text, language))
                .map(|(time, date)| format!("{time}, {date}"));
            assert_eq!(words.as_deref(), expect, "{text}");
        }
    }

    #[test]
    fn times_are_written_as_each_language_does() {
        check(
            "2026-11-22T14:32:07Z",
            Some("14\u{A0}h\u{A0}32, 22 novembre"),
            Some("14:32, 22 November"),
        );
        check(
            "2026-03-01T00:05:00Z",
            Some("0\u{A0}h\u{A0}05, 1er mars"),
            Some("00:05, 1 March"),
        );
        let escaped = "2026\\-12\\-31T23:59:59.5Z";
        check(
            escaped,
            Some("23\u{A0}h\u{A0}59, 31 décembre"),
            Some("23:59, 31 December"),
        );
    }

    #[test]
    fn what_is_no_time_is_not_written() {
        for text in [
            "",
            "soon",
            "2026-11-22",
            "2026-13-22T14:32:07Z",
            "2026-11-22T24:00:00Z",
        ] {
            check(text, None, None);
        }
    }
}
