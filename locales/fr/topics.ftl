### Les titres des sujets, dans les résultats et dans l’aide.

topic-domain = Domaine
topic-dns = DNS
topic-dnssec = DNSSEC
topic-path = Trajets
topic-record = Enregistrements demandés
topic-spf = SPF
topic-dkim = DKIM
topic-dmarc = DMARC
topic-mx = Réception du courrier (MX)
topic-mta-sts = MTA-STS
topic-tls-rpt = TLS-RPT
topic-bimi = BIMI
topic-message = Le message lui-même
