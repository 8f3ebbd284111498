//! The signature fields of a set, read as the DKIM signatures that they nearly are.
//!
//! `ARC-Message-Signature` has DKIM's tags without `v=`, and `i=` means the instance (RFC 8617, section 4.1.2).
//! `ARC-Seal` (section 4.1.3) has only `a=`, `b=`,
//! `d=`, `s=`, `t=`, `i=` and `cv=`; with `h=` in it, it is none. What DKIM's reader asks for besides is put in its
//! place, and what means something else is left out.

use std::borrow::Cow;

use crate::Span;
use crate::auth_results::AuthResults;
use crate::dkim::{
    Failure, FieldNames, SIGNATURE_OCTETS_MAX, Signature, SignatureFault, Signed, Verification,
};
use crate::message::Field;
use crate::tag_list::{self, Grammar, Piece};

use super::{Checked, SetField};

/// In the place of the hash of a body and of the signed fields, which a seal has not.
const STAND_INS: &[u8] = b"h=from;bh=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=;";
/// Digits of an instance that are read; it has two.
const INSTANCE_DIGITS_MAX: usize = 9;

/// `cv=`: how the chain stood when it was sealed (RFC 8617, section 4.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChainValue {
    /// There was none.
    None,
    /// It held.
    Pass,
    /// It did not hold.
    Fail,
}

impl ChainValue {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Pass => "pass",
            Self::Fail => "fail",
        }
    }
}

/// `i=` of a field (RFC 8617, section 4.2.1); nothing where it is no number from 1.
pub(super) fn instance(field: &Field<'_>, kind: SetField) -> Option<u32> {
    let instance = match kind {
        SetField::Results => AuthResults::read(field)?.instance?,
        SetField::MessageSignature | SetField::Seal => {
            let value = tag(field, b"i")?;
            let is_number =
                value.len() <= INSTANCE_DIGITS_MAX && value.iter().all(u8::is_ascii_digit);
            let digits = std::str::from_utf8(value).ok().filter(|_| is_number)?;
            digits.parse().ok()?
        }
    };
    (instance > 0).then_some(instance)
}

/// `cv=` of a seal.
pub(super) fn chain_value(seal: &Field<'_>) -> Option<ChainValue> {
    let value = tag(seal, b"cv")?;
    let mut values = [ChainValue::None, ChainValue::Pass, ChainValue::Fail].into_iter();
    values.find(|known| value.eq_ignore_ascii_case(known.as_str().as_bytes()))
}

/// The value of a tag; the first where it stands twice.
fn tag<'a>(field: &Field<'a>, wanted: &[u8]) -> Option<&'a [u8]> {
    let text = field.raw_value();
    if text.len() > SIGNATURE_OCTETS_MAX {
        return None;
    }
    let pieces = tag_list::split(text, Grammar::Dkim);
    let value = pieces.iter().find_map(|piece| match piece {
        Piece::Tag { name, value, .. } if tag_list::octets(text, *name) == wanted => Some(*value),
        _ => None,
    })?;
    text.get(value.start..value.end)
}

/// Reads an `ARC-Message-Signature`. It must not sign fields of ARC (RFC 8617, section 4.1.2); of those, only a seal
/// is refused here: the others were signed by sealers that followed drafts, and what they sign is what they had.
pub(super) fn message_signature<'a>(field: &Field<'a>) -> Signed<'a> {
    let mut signature = read(field, |name| !matches!(name, b"i" | b"v"), &[]);
    if signature.signed_fields.contains("arc-seal") {
        refuse(&mut signature, Failure::TagInvalid("h"));
    }
    signed(field, signature)
}

/// Reads an `ARC-Seal`; with `h=` it fails (RFC 8617, section 4.1.3).
pub(super) fn seal<'a>(field: &Field<'a>) -> Signed<'a> {
    let mut signature = read(
        field,
        |name| matches!(name, b"a" | b"b" | b"d" | b"s" | b"t"),
        STAND_INS,
    );
    signature.canonicalization_text = Some(Cow::Borrowed("relaxed"));
    if tag(field, b"h").is_some() {
        refuse(&mut signature, Failure::TagInvalid("h"));
    }
    signed(field, signature)
}

fn signed<'a>(field: &Field<'a>, signature: Signature) -> Signed<'a> {
    Signed {
        field: *field,
        signature,
    }
}

/// Puts a fault before all others.
fn refuse(signature: &mut Signature, reason: Failure) {
    let span = Span { start: 0, end: 0 };
    signature.faults.insert(0, SignatureFault { span, reason });
}

/// Reads the tags that `keeps` names, and those in `besides`, as a DKIM signature.
fn read(field: &Field<'_>, keeps: impl Fn(&[u8]) -> bool, besides: &[u8]) -> Signature {
    let text = field.raw_value();
    if text.len() > SIGNATURE_OCTETS_MAX {
        // Told by the reader.
        return Signature::read(field);
    }
    let mut octets = Vec::with_capacity(text.len() + besides.len() + 8);
    octets.extend_from_slice(b"s:v=1;");
    octets.extend_from_slice(besides);
    let mut left_out: Vec<&[u8]> = Vec::new();
    let mut is_twice = false;
    for piece in tag_list::split(text, Grammar::Dkim) {
        if let Piece::Tag { name, .. } = piece
            && let name = tag_list::octets(text, name)
            && !keeps(name)
        {
            is_twice |= left_out.contains(&name);
            if left_out.len() < TAGS_MAX {
                left_out.push(name);
            }
            continue;
        }
        octets.extend_from_slice(tag_list::octets(text, piece.span()));
        octets.push(b';');
    }
    let mut signature = match Field::new(field.index, &octets) {
        Some(field) => Signature::read(&field),
        None => Signature::default(),
    };
    if is_twice {
        refuse(&mut signature, Failure::Malformed);
    }
    signature
}

/// Tags that are compared with each other for standing twice. There are fewer than twenty in the standards.
const TAGS_MAX: usize = 32;

/// Takes out what was put in the place of what a seal has not.
pub(super) fn remove_stand_ins(verification: &mut Verification) {
    verification.signed_fields = FieldNames::new();
}

/// The same for one that is kept.
pub(super) fn without_stand_ins(mut checked: Checked) -> Checked {
    remove_stand_ins(&mut checked.verification);
    checked
}
