# Words about bounces: `garant bounce` and its pages.

## The first sentence.

bounce-outcome-own-policy = { EMPTY($receiver) ->
    [yes] The receiving server
   *[no] { $receiver }
} refused this message by the DMARC policy of { EMPTY($domain) ->
    [yes] the sender’s domain
   *[no] { $domain }
}: the policy asks to keep out what is not authenticated, and this message was not. The recipient’s address is good; it is the sending domain that has to be put right.
bounce-outcome-authentication = { EMPTY($receiver) ->
    [yes] The receiving server
   *[no] { $receiver }
} refused this message{ $likely ->
    [yes] , probably
   *[no] {""}
} because nothing, or not enough, shows that it comes from { EMPTY($domain) ->
    [yes] the sender’s domain
   *[no] { $domain }
} (SPF, DKIM, DMARC). The recipient’s address is good; it is the records of the sending domain that have to be { $likely ->
    [yes] looked at first
   *[no] put right
}.
bounce-outcome-authentication-report = This is no bounce: a receiver reports that a message in the name of { EMPTY($domain) ->
    [yes] the sender’s domain
   *[no] { $domain }
} did not pass authentication. If you sent it, the domain has to be put right; if not, somebody is using your name.
bounce-outcome-sender = The sender’s address was refused, not the recipient’s: it has to exist, and its domain has to take mail.
bounce-outcome-message = The message itself was refused (content, size or form); the reply blames neither the recipient’s address nor the records of the domain.
bounce-outcome-complaint = This is no bounce: a recipient reported your message as spam. Do not write to them again.
bounce-outcome-sending-server = The sending server was refused, not the recipient’s address: it is for whoever runs it (your platform, your provider) to act.
bounce-outcome-address = { $count ->
    [one] Hard bounce: this address takes no mail. Take it off your lists.
   *[other] Hard bounce: these { $count } addresses take no mail. Take them off your lists.
}
bounce-outcome-mailbox = The address exists, but the mailbox takes nothing for now. Your domain and your message are not to blame.
bounce-outcome-recipient-rules = The recipient or their server refused this message by a rule of their own and does not say which; only they can lift it.
bounce-outcome-recipient-server = The recipient’s server could not be reached, or could not take the message. Your domain and your message are not to blame.
bounce-outcome-waiting = The message has not been delivered yet: the sending server tries again by itself. There is nothing to do for now.
bounce-outcome-unknown = The message was not delivered, and the reason could not be understood. Read what the server replied.
bounce-outcome-delivered = The message was delivered or passed on; there is nothing to put right.
bounce-outcome-auto-reply = This is a recipient’s automatic reply and no bounce; there is nothing to put right.
bounce-outcome-no-bounce = This is no bounce: it does not say of any other message that it was not delivered. For what SPF, DKIM and DMARC make of this one, have it traced (`garant trace`).
bounce-outcome-some = This is so for { $count } of the { $total } recipients; for the others, see below.

## What it is.

bounce-kind-bounce = bounce
bounce-kind-delivered = notice of delivery
bounce-kind-complaint = complaint
bounce-kind-authentication-report = authentication failure report
bounce-kind-auto-reply = automatic reply
bounce-kind-other = other message

## Why: a sentence, and a short name for counts.

bounce-class-address-unknown = The recipient’s server knows no such address.
    .short = unknown address
bounce-class-domain-unknown = The domain of this address does not exist, or takes no mail.
    .short = unknown domain
bounce-class-address-moved = The recipient has another address now.
    .short = address moved
bounce-class-mail-not-accepted = This domain or server takes no mail at all.
    .short = no mail accepted
bounce-class-address-suspended = The account is suspended or closed.
    .short = account suspended
bounce-class-mailbox-full = The recipient’s mailbox is full.
    .short = mailbox full
bounce-class-recipient-refused = The recipient or their server refused the message without saying why.
    .short = refused by the recipient
bounce-class-authentication = The message did not prove that it comes from its domain (SPF, DKIM, DMARC).
    .short = authentication
bounce-class-sender-refused = The sender’s address was refused: it or its domain does not exist for the receiver, or is not wanted there.
    .short = sender refused
bounce-class-client-blocked = The IP address of the sending server is on a block list, or is not let in.
    .short = sending server blocked
bounce-class-reputation = The reputation of the sending server or domain is too low for this receiver.
    .short = reputation
bounce-class-reverse-dns = The IP address of the sending server has no reverse name (PTR), or one that does not fit.
    .short = reverse name
bounce-class-rate-limited = Too many messages, connections or recipients at once.
    .short = too fast
bounce-class-spam = The message was taken for spam.
    .short = spam
bounce-class-malware = The message was taken for a carrier of malware.
    .short = malware
bounce-class-policy = A rule of the receiver refuses messages of this kind.
    .short = receiver’s rule
bounce-class-content = The content was refused: an attachment, a link, a character set.
    .short = content
bounce-class-format = The message breaks the rules for messages (RFC 5322).
    .short = form of the message
bounce-class-too-large = The message is larger than the receiver takes.
    .short = message too large
bounce-class-over-limit = The message is over what this address may receive.
    .short = recipient’s limit
bounce-class-network = The recipient’s server was not found or could not be reached, or the message goes round in circles.
    .short = server out of reach
bounce-class-expired = The message could not be delivered, in spite of several attempts.
    .short = given up in time
bounce-class-relay-denied = The server takes no mail for this domain, or passes none on for this sender.
    .short = relaying denied
bounce-class-protocol = The server did not understand a command of the sending server.
    .short = protocol error
bounce-class-tls = An encrypted connection (TLS) was asked for and could not be had.
    .short = encryption
bounce-class-access-denied = The server asks for a password or a right that the sending server has not.
    .short = access denied
bounce-class-server-fault = The recipient’s server is out of order or badly set up.
    .short = server out of order
bounce-class-server-full = The recipient’s server has no room left.
    .short = server full
bounce-class-delivery-program = The programme that stores the recipient’s mail failed.
    .short = delivery programme failed
bounce-class-deferred = The message waits, and the reason is not told.
    .short = waiting
bounce-class-delivered = The message was delivered or passed on.
    .short = delivered
bounce-class-feedback = A recipient, or their provider, reports this message.
    .short = complaint or report
bounce-class-auto-reply = It is an automatic reply.
    .short = automatic reply
bounce-class-unknown = The reason could not be understood.
    .short = reason unknown

## Which part of authentication, and what to change.

bounce-cause-dmarc-policy = The DMARC policy of { EMPTY($domain) ->
    [yes] the sender’s domain
   *[no] { $domain }
} asks to refuse what is not authenticated in its name, and neither an aligned DKIM signature nor an aligned return address did that. Publish the DKIM key of your sending service; lowering the policy is a last resort.
    .short = the domain’s DMARC policy
bounce-cause-dmarc-absent = The receiver wants a DMARC policy and found none for { EMPTY($domain) ->
    [yes] the sender’s domain
   *[no] { $domain }
}. Publish one; `p=none` is enough to begin with.
    .short = no DMARC policy
bounce-cause-not-aligned = SPF or DKIM passes, but for another domain than the one that readers see: nothing is aligned with the displayed address. Have the mail signed by your domain, or take a return address in your domain.
    .short = alignment
bounce-cause-spf-fail = The SPF record of the return address’s domain{ EMPTY($mail_from) ->
    [yes] {""}
   *[no] {" "}({ $mail_from })
} does not allow this server to send. Add your sending service to it, or send through a server that it lists.
    .short = SPF fails
bounce-cause-spf-error = The SPF record of the return address’s domain{ EMPTY($mail_from) ->
    [yes] {""}
   *[no] {" "}({ $mail_from })
} cannot be evaluated: too many DNS look-ups, two records, or a mistake in writing.
    .short = SPF cannot be evaluated
bounce-cause-spf-absent = The receiver wants SPF to pass, and it does not for the return address’s domain{ EMPTY($mail_from) ->
    [yes] {""}
   *[no] {" "}({ $mail_from })
}. Publish an SPF record that names your sending service.
    .short = no SPF
bounce-cause-dkim-fail = DKIM does not pass: the message carries no valid signature. Either there is none, or the published key is not the right one, or the message was changed on its way.
    .short = DKIM fails
bounce-cause-dkim-absent = The receiver wants a DKIM signature and found none of use. Switch DKIM on at your sending service, and publish the key that it gives you.
    .short = no DKIM
bounce-and-no-dmarc = { $cause } Besides, the receiver found no DMARC record for { EMPTY($domain) ->
    [yes] the sender’s domain
   *[no] { $domain }
}, and it asks for one.
bounce-cause-nothing-passes = Neither SPF nor DKIM passes: nothing shows that this message comes from { EMPTY($domain) ->
    [yes] the sender’s domain
   *[no] { $domain }
}. Publish the DKIM key of your sending service, and name it in your SPF record.
    .short = neither SPF nor DKIM
bounce-cause-unspecified = { $class ->
    [policy] This receiver answers so where authentication fails, often DMARC, and sometimes for another rule of its own. A check of the domain tells whether that is it.
   *[other] The receiver speaks of authentication and does not say which part. A check of the domain shows what lacks.
}
    .short = authentication, no part named

## Who can put it right.

bounce-fault-sender-domain = the sender (the DNS records of the domain, or the address)
bounce-fault-sender-server = whoever runs the sending server (your platform, your provider)
bounce-fault-message = the sender (the message itself)
bounce-fault-complaint = the sender (stop writing to somebody who does not want it)
bounce-fault-recipient-address = the recipient (the address or the mailbox)
bounce-fault-recipient-server = the recipient’s server
bounce-fault-waiting = nobody for now (the sending server tries again)
bounce-fault-nobody = nobody (nothing went wrong)
bounce-fault-unknown = not known

## What to do.

bounce-next-mend-domain = Have the DNS records of the sending domain put right by whoever runs it; the check of the domain says which.
bounce-next-mend-sender = See that the sender’s address exists and that its domain takes mail (MX).
bounce-next-send-again = Send again once the correction can be seen; the recipient’s address is good, do not take it off your lists.
bounce-next-wait = Wait: the sending server tries again by itself.
bounce-next-send-later = Send again later.
bounce-next-check-spelling = See whether the address is spelt right.
bounce-next-remove-address = Take this address off your lists.
bounce-next-use-new-address = Ask for the new address, or find it in the notice, which sometimes gives it.
bounce-next-unsubscribe = Unsubscribe this person, and do not write to them again.
bounce-next-ask-platform = Pass this notice on to whoever runs the sending server: only they can act.
bounce-next-ask-recipient = Reach the recipient in another way: they, or their provider, can lift this refusal.
bounce-next-change-message = Change the message: whatever the server’s reply names.
bounce-next-shrink = Send fewer attachments, or a link to them.
bounce-next-slow-down = Send more slowly, in small batches.
bounce-next-read-reply = Read what the server replied; if that tells you nothing, show it to whoever runs the sending server.

## Permanent or temporary, and whether the address is good.

bounce-refusal = { $again ->
    [bad] Hard bounce: nobody takes mail at this address.
   *[other] { $refusal ->
        [final] This message was refused for good, not the address: { $again ->
            [mended] it is good, and you can write to it once the cause is put right.
            [later] you can write to it later.
            [no] it is good, but this person wants no more of your mail.
           *[yes] nothing says that it is bad.
        }
        [given-up] Given up: the receiver refused for now only, and the sending server has stopped trying. { $again ->
            [mended] The address is good, and you can write to it once the cause is put right.
            [later] You can write to this address later.
            [no] The address is good, but this person wants no more of your mail.
           *[yes] Nothing says that the address is bad.
        }
        [for-now] Soft bounce: the sending server tries again by itself{ $again ->
            [mended] ; the address is good, but the cause has to be put right.
           *[other] {"."}
        }
        [none] Nothing was refused.
       *[unknown] { $again ->
            [mended] The address is good; the cause has to be put right.
            [later] You can write to this address later.
            [no] The address is good, but this person wants no more of your mail.
           *[yes] Nothing says that the address is bad.
        }
    }
}
bounce-dmarc = { $cause ->
    [policy] yes, the policy of { EMPTY($domain) ->
        [yes] the sender’s domain
       *[no] { $domain }
    } asks to keep out what is not authenticated
    [yes] yes, it is what the receiver checked for { EMPTY($domain) ->
        [yes] the sender’s domain
       *[no] { $domain }
    }
    [perhaps] perhaps, the receiver does not say which rule it followed
   *[no] the reply does not blame the domain’s policy
}
bounce-code = { $code }, { $class ->
    [5] refused for good
    [4] refused for now
    [2] success
   *[other] unknown code
}{ $subject ->
    [1] , about an address
    [2] , about the mailbox
    [3] , about the receiving server
    [4] , about the network or the way
    [5] , about the talk between servers
    [6] , about the content
    [7] , by a rule or for security
   *[other] {""}
}
bounce-record = { $kind ->
    [dmarc] { EMPTY($name) ->
        [yes] the DMARC record of the sender’s domain, at _dmarc
       *[no] { $name } (DMARC)
    }
    [dkim] { EMPTY($name) ->
        [yes] { EMPTY($domain) ->
            [yes] the DKIM key of your sending service, in the sender’s domain
           *[no] the DKIM key of your sending service, beneath _domainkey.{ $domain }
        }
       *[no] { $name } (DKIM)
    }
    [mx] { EMPTY($name) ->
        [yes] the mail exchanges (MX) of the sender’s domain
       *[no] { $name } (MX)
    }
   *[spf] { EMPTY($name) ->
        [yes] the SPF record of the return address’s domain
       *[no] { $name } (SPF)
    }
}

## Counts.

bounce-summary-policy = { $bounces ->
    [0] { $messages ->
        [0] No message could be read.
        [one] The message that was read is no bounce.
       *[other] No bounce among the { $messages } messages that were read.
    }
   *[other] { $policy ->
        [0] { $bounces ->
            [one] The one bounce was not caused by the sending domain’s DMARC policy.
           *[other] None of the { $bounces } bounces was caused by the sending domain’s own DMARC policy.
        }
        [one] { $bounces ->
            [one] The one bounce was caused by the sending domain’s own DMARC policy.
           *[other] 1 of the { $bounces } bounces was caused by the sending domain’s own DMARC policy.
        }
       *[other] { $policy } of the { $bounces } bounces were caused by the sending domain’s own DMARC policy.
    }
}
bounce-summary-authentication = { $authentication ->
    [one] 1 in all was refused for want of authentication (SPF, DKIM or DMARC); the address is good.
   *[other] { $authentication } in all were refused for want of authentication (SPF, DKIM or DMARC); those addresses are good.
}
bounce-summary-bad = { $bad ->
    [one] 1 recipient has an address that takes no mail: take it off your lists.
   *[other] { $bad } recipients have an address that takes no mail: take it off your lists.
}
bounce-summary-unknown = { $unknown ->
    [one] The reason of one of them could not be understood.
   *[other] The reason of { $unknown } of them could not be understood.
}
bounce-summary-title = Bounces
bounce-summary-read = { $messages ->
    [0] no message read
    [one] 1 message read
   *[other] { $messages } messages read
}: { $bounces ->
    [0] no bounce
    [one] 1 bounce
   *[other] { $bounces } bounces
} ({ $recipients ->
    [0] no recipient
    [one] 1 recipient
   *[other] { $recipients } recipients
}), { $complaints ->
    [0] no complaint
    [one] 1 complaint
   *[other] { $complaints } complaints
}, { $reports ->
    [0] no failure report
    [one] 1 failure report
   *[other] { $reports } failure reports
}, { $replies ->
    [0] no automatic reply
    [one] 1 automatic reply
   *[other] { $replies } automatic replies
}, { $delivered ->
    [0] no notice of delivery
    [one] 1 notice of delivery
   *[other] { $delivered } notices of delivery
}
bounce-summary-classes = By reason (recipients)
bounce-summary-causes = By cause, of those that lack authentication
bounce-summary-faults = Who can put it right
bounce-summary-codes = Findings that explain them
bounce-summary-domains = By domain of the displayed address
bounce-summary-receivers = By receiver
bounce-summary-count = { $recipients ->
    [one] 1 recipient
   *[other] { $recipients } recipients
}{ $authentication ->
    [0] {""}
   *[other] , { $authentication } of them for want of authentication
}{ $policy ->
    [0] {""}
   *[other] , among them { $policy } by the domain’s own policy
}
bounce-summary-no-domain = (a domain that the notice does not show)
bounce-summary-more = { $count ->
    [one] and 1 other
   *[other] and { $count } others
}
bounce-summary-no-bounces = { $count ->
    [one] 1 message is no bounce
   *[other] { $count } messages are no bounces
}
bounce-summary-unreadable = { $count ->
    [one] 1 file could not be read
   *[other] { $count } files could not be read
}

## Labels and remarks.

bounce-written-by = { $kind }, by { $reporter }
bounce-label-original = written to
bounce-label-class = reason
bounce-label-code = code
bounce-label-said-by = refused by
bounce-label-said = reply
bounce-label-cause = cause
bounce-label-fault = who can act
bounce-label-records = to look at
bounce-label-subject = subject of the message
bounce-label-from = displayed sender
bounce-label-mail-from = return address
bounce-no-address = (an address that the notice does not show)
bounce-cut = More recipients follow, which are not shown.
bounce-check-title = Check of { $domain }
bounce-check-again = The check of { $domain } stands above.
bounce-check-change = { $count ->
    [one] The change to make: { $order }
   *[other] The first of the { $count } changes to make: { $order }
}
bounce-check-more = the whole plan: { $command }
bounce-check-over = More than { $limit } domains are to blame; the others are not checked.
bounce-unread = { $reason ->
    [absent] There is no such file.
    [denied] You may not read this file.
    [too-deep] Too many folders inside each other; this one is not looked into.
    [empty] The file is empty.
    [too-large] The message is larger than { $limit } MB, more than any receiver takes.
    [too-many-fields] The message has more header fields than any real message.
    [header-too-large] The header of the message is longer than that of any real message.
    [no-header] This is no message, and nothing in it says that one was not delivered. Give the whole bounce as your mail program saves it (.eml), or the receiver’s reply, which begins with a code such as 550. An Outlook .msg file cannot be read here: open it, and give the text that it shows, from the first line to the last.
    [too-many-attached] More than { $attached } messages are attached to this message, and those that follow were not read. Give them separately.
   *[other] The system refused to read this file.
}
bounce-unread-at = { $file }: { $text }
