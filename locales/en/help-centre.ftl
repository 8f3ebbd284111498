# The help centre, support, and the pages about Garant. `garant help-centre` and `garant cases`.
help-title = Help centre
help-title-search = { $query }: help centre
help-crumb = Where this page is
help-search = Search the help
help-search-go = Search
help-search-hint = A word (`via`), a finding’s code (`dmarc.missing`), or the error from a bounce (`550 5.7.26`).
help-empty = Nothing was typed. Type a word, a finding’s code or the error from a bounce; or choose a topic below.
help-results = Results
help-found = { $count ->
    [one] one section
   *[other] { $count } sections
}
help-instead = Nothing says “{ $query }”. These are the results for “{ $instead }”.
help-in-vain = Nothing in the help says “{ $query }”.
help-in-vain-words = Try one word only, or another one: `spam`, `forwarding`, `key`.
help-in-vain-code = From a bounce, take the code alone: `5.7.26`.
help-in-vain-check = Or have your domain checked: the result leads to the right page.
help-group-guides = Guides
    .about = A matter from its beginning.
help-group-walkthroughs = Step by step
    .about = The form of your DNS host, field by field.
help-group-findings = Findings
    .about = What a check says, and what to do about it.
help-group-glossary = Words
    .about = Each in a sentence or two.
help-group-about = Garant
    .about = What it is, what it keeps.
help-contents = On this page
help-previous = Before
help-next = Next
help-beside = Pages beside this one
help-useful = Was this page useful?
help-useful-yes = Yes
help-useful-no = No
help-opinions = { $useful } of { $all } { $all ->
    [one] reader
   *[other] readers
} found this page useful.
help-thanks = Thank you
help-thanks-about = Your opinion counts, once a day for each page. It helps to see which pages have to be rewritten.
help-still = Still stuck?
help-still-link = Write to support
help-nowhere = There is no such page in the help
    .about = It may have been renamed. The search in the help centre finds it by a word or by a finding’s code.
help-copy = Copy
help-copy-lines = these lines
help-form-title = Drawing of the form:
help-form-any = Your DNS host
help-form-open = Open
help-form-field = In the field
help-form-type = type
help-form-left = leave as it is:
help-form-press = Press
help-form-copy = what goes into { $field }
help-cli-in-vain = Nothing in the help says “{ $query }”. Try one word, a finding’s code, or the code from a bounce such as 5.7.26; `garant help-centre` alone lists the pages.
help-cli-topics = Type a word, a finding’s code or the error from a bounce: `garant help-centre "550 5.7.26"`. These are the pages:
help-cli-explain = garant explain { $code }
help-cli-read = garant help-centre { $place }
support-title = Write to support
support-lead = Whoever runs this site reads your message and answers you.
support-contact = Your e-mail address
support-contact-hint = The answer goes there, and nothing else.
support-contact-absent = Without an address nobody can answer you. Type one, such as `you@yourcompany.com`.
support-contact-invalid = “{ $input }” is not an e-mail address. Type a whole one, such as `you@yourcompany.com`.
support-contact-long = This address is longer than { $limit } octets, and no e-mail address is.
support-message = Your message
support-message-hint = What you send, with which service, to whom; what you expected, and what happened. The text of a bounce says most: paste it whole. Leave out passwords and secret keys.
support-message-absent = Nothing was written. Say in a few words what happens.
support-message-long = Your message has { $octets } octets; { $limit } fit. Of a long bounce, the part with the code is enough.
support-attached = Attach the check of `{ $domain }` of { DATE($time) }, { CLOCK($time) } UTC: a copy of every answer, so that support sees what you see
support-check-gone = The check that you came from is not kept any more, so it cannot be attached. You can write all the same, or check again first.
support-no-check = A check of your domain says more than many words. Make one first, and write from its page:
support-kept = Your message is kept until support or you delete it.
support-send = Send
support-forgotten = It is forgotten
    .about = The message, the address and the copy of the check were deleted.
case-title = Your request for help
case-lead = Your request is kept. The answer goes to { $contact }.
case-link = The address of this page
case-link-copy = the address of this page
case-link-about = Keep it: it leads back here, and cannot be guessed. Whoever has it reads this page, you and support alike.
case-message = Message
case-opened = { DATE($time) }, { CLOCK($time) } UTC
case-check = Findings
case-asked = made on { DATE($time) } at { CLOCK($time) } UTC, judged again now
case-whole = The whole check, with its pictures and its plan
case-whole-gone = The check itself is not kept any more; this is a copy.
case-support = For support
case-support-about = Opens the case in a terminal, and judges the copy of its answers without asking the DNS.
case-capture = Download the copy
case-forget = Forget
case-forget-about = Deletes the message, your address and the copy of the check at once. Nobody can bring them back.
case-forget-button = Delete this request
case-gone = This request is not kept
    .about = It was deleted, or the address was cut on its way to you. You can write again.
case-no-check = This request has no check
    .about = It was sent without one.
cases-none = No requests for help are kept in { $path }.
cases-list = Requests for help in { $path }, the newest first. `garant cases ID` shows one.
cases-more = Only the newest { $count } are shown.
cases-no-check = no check
cases-opened = Sent on { DATE($time) } at { CLOCK($time) } UTC, in { $language ->
    [fr] French
   *[en] English
}
cases-contact = Answer to { $contact }
cases-check = About { $domain }: `garant cases { $id } --capture FILE` saves the answers for `garant check { $domain } --replay FILE`
cases-captured = The answers are in { $path }.
error-case = “{ $input }” is not the name of a request. `garant cases` lists them.
error-case-gone = { $path } holds no request { $input }. It may have been deleted.
error-case-no-check = The request { $input } has no check, so there is nothing to save.
error-store = { $path } cannot be read: { $reason ->
    [absent] there is no such file. --store names the database of `garant serve`.
   *[other] { $detail }.
}
cli-help-centre = Searches the help: a word, a finding’s code, the error from a bounce
cli-help-centre-words = What to search for; without it, lists the pages
cli-cases = Lists the requests for help that people sent, or shows one
cli-cases-id = The request to show
cli-cases-capture = Saves the answers of its check to this file, for garant check --replay
cli-cases-forget = Deletes the request
cli-cases-store = The database of garant serve (garant.sqlite unless given)
