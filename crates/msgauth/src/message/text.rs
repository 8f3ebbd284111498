//! Fields that are free text (RFC 5322, section 2.2.1), for people to read.

use std::sync::LazyLock;

use mail_parser::MessageParser;

use super::Field;

/// Made once: it holds a table of the fields that it reads.
static PARSER: LazyLock<MessageParser> =
    LazyLock::new(|| MessageParser::new().header_text("Subject"));

/// What a field of free text says, with its encoded words (RFC 2047) decoded. A stranger's text.
pub fn unstructured(field: Field<'_>) -> String {
    // Which name it has does not matter for what it says; as a subject it is read as free text.
    let mut octets = b"Subject:".to_vec();
    octets.extend_from_slice(field.raw_value());
    octets.extend_from_slice(b"\r\n");
    let parsed = PARSER.parse_headers(&octets);
    let text = parsed.as_ref().and_then(|parsed| parsed.subject());
    text.map_or_else(|| field.value().into_owned(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_words_are_decoded_and_anything_else_stays() {
        for (value, expect) in [
            (" Bonjour\r\n", "Bonjour"),
            (" =?utf-8?Q?Facture_n=C2=B0_12?=\r\n", "Facture n\u{b0} 12"),
            (
                " =?iso-8859-1?B?6Q==?= =?utf-8?Q?=C3=A9?=\r\n",
                "\u{e9}\u{e9}",
            ),
            (" deux\r\n lignes\r\n", "deux lignes"),
            ("\r\n", ""),
            (" =?utf-8?Q?fin=C3=A9?=", "fin\u{e9}"),
        ] {
            let octets = format!("X-Anything:{value}");
            let field = Field::new(0, octets.as_bytes()).expect("a field");
            assert_eq!(unstructured(field), expect, "{value:?}");
        }
    }
}
