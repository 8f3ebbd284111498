# `garant serve` and `garant demo`.
demo-ready = Garant is at http://{ $address }/
demo-reject-without-dkim = Refused under p=reject
    .about = A campaign service writes in your name; no key of yours vouches for it.
error-listen = { $address } cannot be listened on: another program may be there already. Choose another one with --listen.
