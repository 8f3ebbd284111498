//! Signing, verifying and reading bounces: one thread, against the raw operations of the cryptographic library, against
//! dkimpy, and against limits.
//!
//! Both sides of a comparison take turns in short batches, and the median of the ratios of neighbouring batches counts: so
//! what else the machine does falls on both.

use std::fs;
use std::hint::black_box;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, Result, ensure};
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    Ed25519KeyPair, KeyPair, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair,
    UnparsedPublicKey,
};
use futures::executor::block_on;
use garant_dns::{Answers, Resolver, Zone, Zones};
use garant_msgauth::Step;
use garant_msgauth::crypto::{KeyKind, SigningKey};
use garant_msgauth::dkim::sign::{Policy, Signatory, Signer, key_record};
use garant_msgauth::dkim::{DkimResult, FieldIndex, KeyCache, Signature, verify, verify_keeping};
use garant_msgauth::dsn;
use garant_msgauth::message::Message;

use crate::program::program;
use crate::tell;

/// What must be reached: shares of the library's own operations per second.
const SIGN_10_KB_MIN: f64 = 0.95;
const SIGN_75_KB_MIN: f64 = 0.80;
const VERIFY_MIN: f64 = 0.70;
/// Times the SHA-256 of the message that everything but the signature may take.
const BESIDE_MAX: f64 = 2.0;
const DKIMPY_MIN: f64 = 40.0;
const BOUNCES_PER_SECOND_MIN: f64 = 20_000.0;
/// Kibibytes that a program may take above its message.
const ABOVE_MESSAGE_MAX_KIB: u64 = 40 * 1024;

/// The system's own: it is the one that has dkimpy.
const PYTHON: &str = "/usr/bin/python3";
/// Turns of each side.
const TURNS: usize = 41;
/// How long one turn takes about.
const TURN: Duration = Duration::from_millis(40);
/// When signatures are made and judged, in seconds since 1970: dkimpy takes the clock's word.
static NOW: LazyLock<u64> = LazyLock::new(|| {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
});
const DOMAIN: &str = "exemple.fr";

/// Runs the benchmark and prints it; whether every target is met.
pub(crate) fn run() -> Result<bool> {
    let keys = Keys::new()?;
    let small = message(10_000);
    let large = message(75_000);
    let mut met = true;
    for (size, text, least) in [
        ("10 kB", &small, SIGN_10_KB_MIN),
        ("75 kB", &large, SIGN_75_KB_MIN),
    ] {
        met &= keys.signing(size, text, least)?;
        met &= keys.beside(size, text)?;
    }
    met &= keys.verifying("10 kB", &small, Some(VERIFY_MIN))?;
    met &= keys.verifying("75 kB", &large, None)?;
    met &= keys.dkimpy(&small)?;
    met &= bounces()?;
    met &= memory(&keys)?;
    Ok(met)
}

/// An invoice as platforms send it: ten fields that are signed, lines of HTML in quoted-printable.
fn message(octets: usize) -> String {
    let mut text = String::from(
        "Message-ID: <2026.11.4711@exemple.fr>\r\n\
         Date: Sun, 22 Nov 2026 10:00:00 +0100\r\n\
         From: \"Exemple, facturation\" <facturation@exemple.fr>\r\n\
         Reply-To: compta@exemple.fr\r\n\
         To: \"M. Client\" <client@client.example>\r\n\
         Subject: Votre facture =?utf-8?q?n=C2=B0?= 2026-4711 du mois de\r\n novembre 2026\r\n\
         MIME-Version: 1.0\r\n\
         Content-Type: text/html; charset=utf-8\r\n\
         Content-Transfer-Encoding: quoted-printable\r\n\
         List-Unsubscribe: <https://exemple.fr/u/4711>\r\n\
         List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\
         \r\n",
    );
    let mut line = 0;
    while text.len() < octets {
        line += 1;
        text.push_str(&format!(
            "{}<tr><td>{line}</td><td>Prestation de conseil</td><td align=3D\"right\">{}=\r\n",
            // Some lines are indented, as templates are.
            if line % 4 == 0 { "    " } else { "" },
            line * 37
        ));
    }
    text
}

struct Keys {
    rsa_pem: String,
    rsa_raw: RsaKeyPair,
    ed_raw: Ed25519KeyPair,
    rsa: Signer,
    ed: Signer,
    both: Signer,
    record: String,
}

/// The octets that the signature of a message is over: what the library signs and verifies.
fn signed_header(signed: &str) -> Result<Vec<u8>> {
    let message = Message::read(signed.as_bytes())?;
    let field = message.named("DKIM-Signature").next();
    let field = field.context("the message is signed")?;
    let signature = Signature::read(&field);
    let index = FieldIndex::new(&message);
    let chosen = index.choose(&signature.signed_fields, Some(field.index));
    let mut octets = Vec::new();
    index.hash(&chosen, signature.header, &field, &mut octets);
    Ok(octets)
}

/// Key files of both kinds are made once; the library reads the very same keys.
impl Keys {
    fn new() -> Result<Self> {
        let rsa_pem = SigningKey::generate(KeyKind::Rsa2048)?.to_pem()?;
        let ed_pem = SigningKey::generate(KeyKind::Ed25519)?.to_pem()?;
        let signatory = |selector: &str, pem: &str| -> Result<Signatory> {
            Ok(Signatory {
                domain: DOMAIN.parse()?,
                selector: selector.parse()?,
                key: SigningKey::read(pem.as_bytes())?,
            })
        };
        let signer = |signatories| Signer::new(signatories, Policy::default());
        Ok(Self {
            rsa_raw: RsaKeyPair::from_pkcs8(&der(&rsa_pem)?)
                .context("the library reads the key")?,
            ed_raw: Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der(&ed_pem)?)
                .context("the library reads the key")?,
            rsa: signer(vec![signatory("r", &rsa_pem)?])?,
            ed: signer(vec![signatory("e", &ed_pem)?])?,
            both: signer(vec![signatory("r", &rsa_pem)?, signatory("e", &ed_pem)?])?,
            record: key_record(&SigningKey::read(rsa_pem.as_bytes())?)?,
            rsa_pem,
        })
    }

    fn raw_signature(&self, octets: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.rsa_raw.public_modulus_len()];
        let random = SystemRandom::new();
        self.rsa_raw
            .sign(
                &RSA_PKCS1_SHA256,
                &random,
                black_box(octets),
                &mut signature,
            )
            .expect("a key signs");
        signature
    }

    fn signing(&self, size: &str, text: &str, least: f64) -> Result<bool> {
        let ours = || self.rsa.sign(black_box(text.as_bytes()), *NOW).is_ok();
        let header = signed_header(&self.signed(text)?)?;
        let raw = || !self.raw_signature(&header).is_empty();
        let pair = against(&ours, &raw)?;
        let both = || self.both.sign(black_box(text.as_bytes()), *NOW).is_ok();
        let dear = against(&both, &ours)?;
        println!(
            "a second signature (Ed25519) of the same body, {size}: {:.1} % dearer",
            (1.0 / dear.ratio - 1.0) * 100.0
        );
        let value = format!(
            "{:.2} ({:.0}/s of {:.0}/s)",
            pair.ratio, pair.ours, pair.other
        );
        let limit = format!("at least {least}");
        Ok(tell(
            &format!("signing {size} with RSA-2048 against the bare signature"),
            value,
            limit,
            pair.ratio >= least,
        ))
    }

    /// What signing takes beside the signature. Ed25519 shows it: its signature takes a thirtieth of RSA's.
    fn beside(&self, size: &str, text: &str) -> Result<bool> {
        let signed = || self.ed.sign(black_box(text.as_bytes()), *NOW).is_ok();
        let bare = || !self.ed_raw.sign(black_box(&[7; 32])).as_ref().is_empty();
        let hash = || {
            !digest(&SHA256, black_box(text.as_bytes()))
                .as_ref()
                .is_empty()
        };
        let (mut signing, mut signature, mut hashing) = (Vec::new(), Vec::new(), Vec::new());
        let times = [&signed as &dyn Fn() -> bool, &bare, &hash].map(repeats);
        for _ in 0..TURNS {
            signing.push(each(&signed, times[0])?);
            signature.push(each(&bare, times[1])?);
            hashing.push(each(&hash, times[2])?);
        }
        let mut ratios: Vec<f64> = (0..TURNS)
            .map(|turn| (signing[turn] - signature[turn]) / hashing[turn])
            .collect();
        let ratio = median(&mut ratios);
        let beside = median(&mut signing) - median(&mut signature);
        Ok(tell(
            &format!("everything but the signature, {size}, against the SHA-256 of the message"),
            format!(
                "{ratio:.2} times ({:.1} µs of {:.1} µs)",
                beside * 1e6,
                median(&mut hashing) * 1e6
            ),
            format!("at most {BESIDE_MAX}"),
            ratio <= BESIDE_MAX,
        ))
    }

    fn verifying(&self, size: &str, text: &str, least: Option<f64>) -> Result<bool> {
        let signed = self.signed(text)?;
        let answers = self.answers(&signed)?;
        let ours = || {
            let message = Message::read(black_box(signed.as_bytes())).expect("a message");
            match verify(&message, &answers, *NOW) {
                Step::Done(all) => all.iter().all(|one| one.result == DkimResult::Pass),
                Step::Need(_) => false,
            }
        };
        // The library verifies the same signature: the same octets of the header, canonical already.
        let header = signed_header(&signed)?;
        let signature = self.raw_signature(&header);
        // As the DNS has it: a SubjectPublicKeyInfo.
        let public = self.rsa_raw.public_key().as_der().context("a public key")?;
        let public = public.as_ref();
        let raw = || {
            let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, black_box(public));
            key.verify(black_box(&header), &signature).is_ok()
        };
        let kept = KeyCache::new();
        let keeping = || {
            let message = Message::read(black_box(signed.as_bytes())).expect("a message");
            match verify_keeping(&message, &answers, *NOW, &kept) {
                Step::Done(all) => all.iter().all(|one| one.result == DkimResult::Pass),
                Step::Need(_) => false,
            }
        };
        let hashing = || {
            let hash = digest(&SHA256, black_box(signed.as_bytes()));
            let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, black_box(public));
            key.verify(black_box(&header), &signature).is_ok() && !hash.as_ref().is_empty()
        };
        let with_hash =
            "against the bare verification (its key read each time) and the SHA-256 of the message";
        let bare = "against the bare verification, its key read each time";
        let mut met = true;
        for (what, pair, is_limited) in [
            (with_hash, against(&ours, &hashing)?, true),
            (
                &*format!("with keys kept between messages, {bare}"),
                against(&keeping, &raw)?,
                true,
            ),
            (bare, against(&ours, &raw)?, false),
        ] {
            let what = format!("verifying {size} {what}");
            let value = format!(
                "{:.2} ({:.0}/s of {:.0}/s)",
                pair.ratio, pair.ours, pair.other
            );
            match least.filter(|_| is_limited) {
                None => println!("{what}: {value}"),
                Some(least) => {
                    let limit = format!("at least {least}");
                    met &= tell(&what, value, limit, pair.ratio >= least);
                }
            }
        }
        Ok(met)
    }

    fn signed(&self, text: &str) -> Result<String> {
        Ok(self.rsa.sign(text.as_bytes(), *NOW)?.fields + text)
    }

    /// The key as a zone file has it.
    fn zone_line(&self) -> String {
        let strings: Vec<String> = self
            .record
            .as_bytes()
            .chunks(255)
            .map(|part| format!("\"{}\"", String::from_utf8_lossy(part)))
            .collect();
        format!("r._domainkey TXT {}\n", strings.join(" "))
    }

    /// The answer for the key, as a resolver gave it.
    fn answers(&self, signed: &str) -> Result<Answers> {
        let zone = self.zone_line();
        let zones = Zones::new(vec![Zone::parse(zone.as_bytes(), &DOMAIN.parse()?)?]);
        let message = Message::read(signed.as_bytes())?;
        let mut answers = Answers::default();
        while let Step::Need(questions) = verify(&message, &answers, *NOW) {
            for question in questions {
                let answer = block_on(zones.resolve(&question));
                answers.insert(question, answer);
            }
        }
        Ok(answers)
    }

    /// The same message and key given to dkimpy: its own processor time against ours.
    fn dkimpy(&self, text: &str) -> Result<bool> {
        const SCRIPT: &str = r#"
import sys, time, dkim
folder = sys.argv[1]
read = lambda name: open(folder + "/" + name, "rb").read()
plain, signed, key, record = read("plain.eml"), read("signed.eml"), read("key.pem"), read("record")
dns = lambda name, timeout=5: record
names = [b"from", b"to", b"subject", b"date", b"message-id", b"reply-to", b"mime-version", b"content-type",
         b"content-transfer-encoding", b"list-unsubscribe"]
def rate(work, count):
    began = time.process_time()
    for _ in range(count):
        assert work()
    return count / (time.process_time() - began)
print(rate(lambda: dkim.sign(plain, b"r", b"exemple.fr", key, canonicalize=(b"relaxed", b"relaxed"), include_headers=names), 60))
print(rate(lambda: dkim.verify(signed, dnsfunc=dns), 300))
"#;
        let has_dkimpy = Command::new(PYTHON)
            .args(["-c", "import dkim"])
            .stderr(Stdio::null())
            .status();
        ensure!(
            has_dkimpy.is_ok_and(|status| status.success()),
            "dkimpy is installed by tools/install.sh"
        );
        let folder = std::env::temp_dir().join(format!("garant-bench-mail-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let signed = self.signed(text)?;
        fs::write(folder.join("plain.eml"), text)?;
        fs::write(folder.join("signed.eml"), &signed)?;
        fs::write(folder.join("record"), &self.record)?;
        fs::write(folder.join("key.pem"), &self.rsa_pem)?;
        let answers = self.answers(&signed)?;
        let verified = || {
            let message = Message::read(black_box(signed.as_bytes())).expect("a message");
            matches!(verify(&message, &answers, *NOW), Step::Done(all) if all[0].result == DkimResult::Pass)
        };
        let made = || self.rsa.sign(black_box(text.as_bytes()), *NOW).is_ok();
        let (signs, verifies) = (repeats(&made), repeats(&verified));
        let mut ratios = [Vec::new(), Vec::new()];
        for _ in 0..3 {
            let output = Command::new(PYTHON)
                .args(["-c", SCRIPT])
                .arg(&folder)
                .output()?;
            ensure!(
                output.status.success(),
                "dkimpy: {}",
                String::from_utf8_lossy(&output.stderr)
            );
            let text = String::from_utf8(output.stdout)?;
            let mut rates = text.lines().map(str::parse::<f64>);
            let theirs = [(); 2].map(|()| rates.next());
            for (ratio, (theirs, ours)) in ratios.iter_mut().zip(
                theirs
                    .into_iter()
                    .zip([each(&made, signs)?, each(&verified, verifies)?]),
            ) {
                let theirs = theirs.context("two rates")??;
                ratio.push(1.0 / ours / theirs);
            }
        }
        fs::remove_dir_all(&folder)?;
        let [mut signing, mut verifying] = ratios;
        let (signing, verifying) = (median(&mut signing), median(&mut verifying));
        let limit = format!("at least {DKIMPY_MIN}");
        let signs = tell(
            "signing 10 kB against dkimpy",
            format!("{signing:.0} times"),
            limit.clone(),
            signing >= DKIMPY_MIN,
        );
        let verifies = tell(
            "verifying 10 kB against dkimpy",
            format!("{verifying:.0} times"),
            limit,
            verifying >= DKIMPY_MIN,
        );
        Ok(signs && verifies)
    }
}

/// What stands between the lines of a PEM.
fn der(pem: &str) -> Result<Vec<u8>> {
    use base64::Engine as _;
    let lines = pem.lines().filter(|line| !line.starts_with("-----"));
    let text: String = lines.collect();
    Ok(base64::engine::general_purpose::STANDARD.decode(text)?)
}

/// Bounces per second of one core: those of a public suite where it stands beside the project, else our own.
fn bounces() -> Result<bool> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let suite = root.join("../shared/suites/bounces/bsd");
    let own = root.join("crates/msgauth/tests/bounces");
    let (folder, whose) = if suite.is_dir() {
        (suite, "a public suite")
    } else {
        (own, "our own samples")
    };
    let mut mails = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "eml") {
            mails.push(fs::read(path)?);
        }
    }
    ensure!(!mails.is_empty(), "{} holds mails", folder.display());
    let all = || {
        let read = mails
            .iter()
            .filter(|mail| dsn::read(black_box(mail)).is_ok());
        read.count() > 0
    };
    let times = repeats(&all);
    let mut turns = (0..TURNS)
        .map(|_| each(&all, times))
        .collect::<Result<Vec<_>>>()?;
    let rate = mails.len() as f64 / median(&mut turns);
    let octets: usize = mails.iter().map(Vec::len).sum();
    Ok(tell(
        &format!(
            "bounces read per second and core ({} mails of {whose}, {} octets on average)",
            mails.len(),
            octets / mails.len()
        ),
        format!("{rate:.0}"),
        format!("at least {BOUNCES_PER_SECOND_MIN}"),
        rate >= BOUNCES_PER_SECOND_MIN,
    ))
}

/// What programs take above the message, whatever its size.
fn memory(keys: &Keys) -> Result<bool> {
    let program = program()?;
    let folder = std::env::temp_dir().join(format!("garant-bench-memory-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("key.pem"), &keys.rsa_pem)?;
    fs::write(
        folder.join("exemple.fr.zone"),
        "@ SOA ns hostmaster 1 1 1 1 1\n@ NS ns\nns A 192.0.2.1\n".to_owned() + &keys.zone_line(),
    )?;
    let mut met = true;
    for octets in [1_000_000, 45_000_000] {
        let text = message(octets);
        let file = folder.join("message.eml");
        fs::write(&file, keys.signed(&text)?)?;
        let size = octets as u64 / 1024;
        let key = format!(
            "r._domainkey.exemple.fr={}",
            folder.join("key.pem").display()
        );
        let signing = peak(&program, &["sign", "--key", &key, "--header-only"], &file)?;
        let zone = folder.join("exemple.fr.zone").display().to_string();
        let trace = ["trace", "--offline", "--zone", &zone];
        let tracing = peak(&program, &trace, &file)?;
        // Where the body was changed, what was done to it is looked for.
        let mut changed = fs::OpenOptions::new().append(true).open(&file)?;
        changed.write_all(b"A line more.\r\n")?;
        let undoing = peak(&program, &trace, &file)?;
        for (what, peak, held) in [
            ("signing", signing, 0),
            ("tracing", tracing, size),
            ("tracing, once it was changed,", undoing, size),
        ] {
            let above = peak.saturating_sub(held);
            met &= tell(
                &format!(
                    "memory of {what} a message of {} MB, above {}",
                    octets / 1_000_000,
                    if held == 0 { "nothing" } else { "the message" }
                ),
                format!("{:.1} MiB", above as f64 / 1024.0),
                format!("at most {} MiB", ABOVE_MESSAGE_MAX_KIB / 1024),
                above <= ABOVE_MESSAGE_MAX_KIB,
            );
        }
    }
    fs::remove_dir_all(&folder)?;
    Ok(met)
}

/// Kibibytes that a program takes at most, as the operating system accounts for it.
fn peak(program: &Path, arguments: &[&str], file: &Path) -> Result<u64> {
    const SCRIPT: &str = "import resource, subprocess, sys\n\
        subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)\n\
        print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)";
    let output = Command::new(PYTHON)
        .args(["-c", SCRIPT])
        .arg(program)
        .args(arguments)
        .arg(file)
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    text.trim().parse().context("kibibytes")
}

/// Two sides, measured in turns.
struct Pair {
    /// Ours per second, against the other's.
    ratio: f64,
    ours: f64,
    other: f64,
}

fn against(ours: &dyn Fn() -> bool, other: &dyn Fn() -> bool) -> Result<Pair> {
    let times = [ours, other].map(repeats);
    let (mut of_ours, mut of_other) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        of_ours.push(each(ours, times[0])?);
        of_other.push(each(other, times[1])?);
    }
    let mut ratios: Vec<f64> = of_ours
        .iter()
        .zip(&of_other)
        .map(|(ours, other)| other / ours)
        .collect();
    Ok(Pair {
        ratio: median(&mut ratios),
        ours: 1.0 / median(&mut of_ours),
        other: 1.0 / median(&mut of_other),
    })
}

/// How often something is done in a turn.
fn repeats(work: &dyn Fn() -> bool) -> u32 {
    // The first time tables are built.
    work();
    let began = Instant::now();
    let mut done = 0;
    while began.elapsed() < TURN {
        work();
        done += 1;
    }
    done
}

/// Seconds that one of so many takes.
fn each(work: &dyn Fn() -> bool, times: u32) -> Result<f64> {
    let began = Instant::now();
    let mut fine = true;
    for _ in 0..times {
        fine &= work();
    }
    let took = began.elapsed();
    ensure!(fine, "what is measured works");
    Ok(took.as_secs_f64() / f64::from(times))
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
