//! The pages in a real browser: Debian's Chromium, driven through its WebDriver, against `garant demo`.
//!
//! * `driver`: the browser. `demo`: the program under test. `judges`: axe-core and html-validate.
//! * `flows`: what people do. `access`: everybody can. `quiet`: what pages must not do.
//! * `message`: all of this for the pages about messages, whose results have no address.
//!
//! Screenshots for a human go to `screenshots/` beside what is built. Where the browser or the judges are absent, the
//! tests say so and pass; `make test` installs them.

mod access;
mod demo;
mod driver;
mod flows;
mod judges;
mod message;
mod quiet;
