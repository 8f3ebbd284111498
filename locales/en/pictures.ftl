# Pictures: the SPF tree, the way of a message, where a record is seen. What a picture says, its list says too.

picture-list-says-same = The list after the picture says the same.

## The SPF tree. $count, $lookups, $voids: numbers; $reason: why a receiver stops.

picture-spf-heading = The SPF tree
picture-spf-title = The SPF tree of { $domain }
picture-spf-caption = From top to bottom, in the order in which a receiver reads the record when nothing matches earlier. Each circle is one DNS look-up. The bars are to a logarithmic scale; a hollow bar counts what stands beneath it too. Dashed: never read.
picture-spf-column-number = no.
picture-spf-column-term = what a receiver reads, in order
picture-spf-column-service = service
picture-spf-column-note = addresses covered
picture-spf-lookups = { $count } of 10 DNS look-ups allowed
picture-spf-voids = { $count } of 2 void look-ups allowed
picture-spf-after = After the plan: { $lookups } of 10, { $voids } of 2 void
picture-spf-summary = The SPF record of `{ $domain }` takes { $lookups } of the 10 DNS look-ups allowed; { $voids } of the 2 void ones allowed.
picture-spf-read-whole = A receiver can read it to its end.
picture-spf-unsure = Part of it could not be read: the numbers are those of what could.
picture-spf-stopped = { $reason ->
    [lookups] A receiver stops after the tenth look-up, with a permanent error (permerror): `{ $term }` takes the eleventh, and what follows is never read.
    [voids] A receiver stops at the third void look-up, `{ $term }`, with a permanent error (permerror): what follows is never read.
    [syntax] A receiver reads none of it and stops with a permanent error (permerror): `{ $term }` is not written as it should be.
    [unseen] A receiver stops before the end, with a permanent error (permerror).
   *[term] A receiver stops at `{ $term }`, with a permanent error (permerror): { $said }. What follows is never read.
}
picture-spf-stop = { $reason ->
    [lookups] Limit of ten: here the receiver stops (permerror)
    [voids] Third void look-up: here the receiver stops (permerror)
    [syntax] Written wrongly: the receiver reads none of it (permerror)
   *[term] Here the receiver stops (permerror)
}
picture-spf-more = and { $count } more { $count ->
    [one] term
   *[other] terms
}
picture-spf-run = and { $count } more
picture-spf-covers = { $count ->
    [0] { $ranges ->
        [0] no IPv4 address
        [one] { $ranges } IPv6 range
       *[other] { $ranges } IPv6 ranges
    }
    [one] { $count } address{ $total ->
        [yes] {" "}in all
       *[no] {""}
    }
   *[other] { $count } addresses{ $total ->
        [yes] {" "}in all
       *[no] {""}
    }
}
picture-spf-never = { EMPTY($says) ->
    [yes] never read
   *[no] { $says }, never read
}
picture-spf-not-read = never read: it stands after the term all, or beside it
picture-spf-void = { $count ->
    [none] void: nothing at this name
   *[other] void { $count } of 2: nothing at this name
}
picture-spf-at-fault = the term at fault: { $said }
picture-spf-fault = { $fault ->
    [lookups] the eleventh look-up
    [voids] the third void look-up
    [syntax] written wrongly
    [void] nothing at this name
    [no-record] no SPF record at this name
    [multiple] several SPF records at this name
    [broken] the record at this name is written wrongly
    [loop] it leads back to itself
    [mx-names] more than ten mail exchanges
    [mx-null] this domain receives no mail: it lets nobody in
    [not-a-name] not a domain name
    [unanswered] the DNS gave no answer
    [not-followed] counted, but no longer followed
   *[depends-on-message] depends on the message
}
picture-spf-rest = { $qualifier ->
    [fail] everybody else: refused
    [softfail] everybody else: suspect
    [neutral] everybody else: neither allowed nor refused
    [exp] explanation sent with a refusal
   *[pass] everybody else: allowed
}

## The way of a message. $leg: envelope (return address) or seal (signature).

picture-path-heading = The way of a message
picture-path-title = { $sender ->
    [none] The way of the mail described
   *[other] The way of a message sent by { $sender }
}
picture-path-caption = Curved arrow: relaxed alignment (same organization). Straight arrow: strict alignment (the name itself). An arrow broken by a cross does not reach the displayed address; dotted with a question mark, it could not be told. One support is enough for DMARC; two are better. Content and reputation count too.
picture-path-step-service = 1. The service
picture-path-step-names = 2. The three names in the message
picture-path-step-receiver = 3. The receiver
picture-path-service = Your service
picture-path-writes = writes for you
picture-path-from-label = displayed sender address (From)
picture-path-from-label-short = displayed address (From)
picture-path-label = { $leg ->
    [envelope] return address
   *[seal] signature
}
picture-path-by = { $leg ->
    [envelope] MAIL FROM, seen by SPF
   *[seal] d=, seen by DKIM
}
picture-path-of-service = the service’s own
picture-path-not-known = not known
picture-path-proof = { $leg ->
    [envelope] { $detail ->
        [pass] SPF passes
        [unknown] SPF: could not be told
        [none] SPF: nothing published
       *[other] SPF: { $detail }
    }
   *[seal] { $detail ->
        [yes] key published
        [no] no usable key
        [some] Ed25519 key only
       *[unknown] key: could not be told
    }
}
picture-path-says = { $leg ->
    [envelope] { $comes ->
        [yes] SPF supports your address
        [apart] SPF passes, but not for you
        [kin] SPF passes, but not for the exact name
        [foreign] SPF: not for you
        [no] SPF: no support
       *[unknown] SPF: could not be told
    }
   *[seal] { $comes ->
        [yes] DKIM supports your address
        [apart] DKIM signs, but not for you
        [kin] DKIM signs, but not for the exact name
        [foreign] DKIM: not for you
        [no] DKIM: no support
       *[unknown] DKIM: could not be told
    }
}
picture-path-mode = { $mode ->
    [relaxed] relaxed
   *[strict] strict
}
picture-path-asked = asked for
picture-path-support = { $legs ->
    [0] 0 of 2 supports
    [1] 1 of 2 supports
    [2] 2 of 2 supports
    [some] At least 1 support
   *[unknown] Supports not known
}
picture-path-dmarc = { $result ->
    [pass] DMARC: pass
    [fail] DMARC: fail
    [none] DMARC: no policy
   *[unknown] DMARC: could not be told
}
picture-path-no-policy = Your domain asks nothing of receivers.
picture-path-outcomes = Under each policy
picture-path-current = yours
picture-path-outcome = { $outcome ->
    [deliver] nothing stands against it
    [nothing] delivered as without DMARC
    [spam] filed as spam
    [refuse] refused, or filed as spam
   *[unknown] could not be told
}
picture-path-after = After the plan: { $support }, { $policy ->
    [absent] no policy
   *[other] p={ $policy }
}, { $outcome }
picture-path-from = The message shows the address { $from } (From).
picture-path-leg = { $leg ->
    [envelope] Return address (MAIL FROM)
   *[seal] Signature (d=)
}: { $named ->
    [yes] `{ $name }`
   *[no] { $name }
}{ $organization ->
    [none] { "" }
   *[other] { " (" }{ $organization })
}; { $proof }. Support in relaxed alignment: { $relaxed ->
    [yes] yes
    [no] no
   *[unknown] could not be told
}; in strict alignment: { $strict ->
    [yes] yes
    [no] no
   *[unknown] could not be told
}; { $asked ->
    [strict] strict is asked for
   *[relaxed] relaxed is enough
}. { $says }.
picture-path-policies = By policy: under `p=none`, { $none }; under `p=quarantine`, { $quarantine }; under `p=reject`, { $reject }.

## The way of one message.

picture-message-title = The way of this message
picture-message-step = 1. The sending server
picture-message-current = the domain’s
picture-message-no-policy = The domain asks nothing of receivers.
picture-message-client-unknown = not known
picture-message-no-author = no single address
picture-message-address = at { $address }
picture-message-hands = handed the message over
picture-message-sealed = passed on by { $name }
picture-message-sealed-more = and by { $count } more
picture-message-sender = Handed over by `{ $sender }` ({ $sends }).
picture-message-unsigned = no signature
picture-message-organization = organization: { $name }
picture-message-proof = { $leg ->
    [envelope] { $detail ->
        [pass] SPF passes
        [unknown] SPF: could not be told
        [temperror] SPF: no answer came
        [none] SPF: nothing published
       *[other] SPF: { $detail }
    }
   *[seal] { $detail ->
        [pass] the signature holds
        [none] not signed
        [unknown] could not be told
        [temperror] no answer came for the key
       *[other] DKIM: { $detail }
    }
}

## Where a record is seen: the servers of the zone and the caches.

picture-seen-heading = Who sees it
picture-seen-title = Where the records of { $domain } are seen
picture-seen-caption = First what the zone’s own servers have, then what resolvers see, which keep an answer, a “no” too, for as long as the zone allows. Times are in UTC.
picture-seen-servers = servers of the zone
picture-seen-caches = resolvers and their caches
picture-seen-column-server = Server
picture-seen-column-version = Version or time
picture-seen-column-found = What it has
picture-seen-column-says = State
picture-seen-version = version { $serial }
picture-seen-more-names = and { $count } more { $count ->
    [one] name
   *[other] names
} asked for
picture-seen-more-servers = and { $count } more { $count ->
    [one] server
   *[other] servers
}
picture-seen-zone = { $serving } of { $count } servers serve the zone `{ $name }`.
picture-seen-place = `{ $name }` ({ $type }): { $heard } of { $count } servers answered{ $agreement ->
    [none] {""}
    [differ] {" "}and do not say the same
    [nothing] , and nothing is published there
   *[same] , and the record is published there
}.
picture-seen-server = { $state ->
    [serves] { $found ->
        [nothing] nothing at this name
        [record] published here
       *[not-asked] serves the zone
    }
    [stale] { $found ->
        [nothing] older version: nothing at this name
       *[record] older version
    }
    [differs] { $found ->
        [nothing] answers differently: nothing at this name
       *[record] answers differently
    }
    [refused] refuses to answer for the zone
    [servfail] reports a failure
    [not-authoritative] does not serve the zone
    [no-address] its name has no address
    [silent] did not answer
    [malformed] gave an unreadable answer
   *[not-asked] was not asked
}{ $listed ->
    [parent] ; listed by the parent zone only
    [zone] ; listed by the zone only
   *[both] {""}
}
picture-seen-cache = { $state ->
    [waiting] Resolvers see nothing there yet
    [old] Resolvers still see the old value there
    [unknown] What resolvers see could not be told
    [no-source] Resolvers have nobody to ask, as far as was seen
    [either] Resolvers see one or the other, by the server that answers them
   *[same] Nothing else was seen at resolvers
}
picture-seen-asked = asked at { CLOCK($time) } UTC on { DATE($time) }
picture-seen-until = Visible at about { CLOCK($time) } UTC on { DATE($time) }
