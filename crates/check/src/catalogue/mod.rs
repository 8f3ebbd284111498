//! What is known about sending services, DNS hosts and receivers: data files, and how they are matched.

mod hosts;
mod services;

pub use hosts::{Host, HostForm, host_of_servers, hosts};
pub use services::{
    Category, Confidence, KeyAlias, ReturnPath, ReturnPathKind, Service, service, services,
};
