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
