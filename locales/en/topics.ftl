### The titles of the topics, in results and in the help.

topic-domain = Domain
topic-dns = DNS
topic-dnssec = DNSSEC
topic-path = Sending paths
topic-record = Records asked for
topic-spf = SPF
topic-dkim = DKIM
topic-dmarc = DMARC
topic-mx = Receiving mail (MX)
topic-mta-sts = MTA-STS
topic-tls-rpt = TLS-RPT
topic-bimi = BIMI
topic-message = The message itself
