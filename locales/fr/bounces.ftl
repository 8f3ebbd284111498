# Les mots des messages de non-remise : `garant bounce` et ses pages.

## La première phrase.

bounce-outcome-own-policy = { EMPTY($receiver) ->
    [yes] Le serveur destinataire
   *[no] { $receiver }
} a refusé ce message en suivant la politique DMARC { EMPTY($domain) ->
    [yes] du domaine de l’expéditeur
   *[no] de { $domain }
} : elle demande d’écarter ce qui n’est pas authentifié, et ce message ne l’était pas. L’adresse du destinataire est bonne ; c’est le domaine d’envoi qui est à corriger.
bounce-outcome-authentication = { EMPTY($receiver) ->
    [yes] Le serveur destinataire
   *[no] { $receiver }
} a refusé ce message{ $likely ->
    [yes] , sans doute
   *[no] {""}
} parce que rien, ou pas assez, ne montre qu’il vient { EMPTY($domain) ->
    [yes] du domaine de l’expéditeur
   *[no] de { $domain }
} (SPF, DKIM, DMARC). L’adresse du destinataire est bonne ; ce sont les enregistrements du domaine d’envoi qui sont à { $likely ->
    [yes] vérifier d’abord
   *[no] corriger
}.
bounce-outcome-authentication-report = Ce n’est pas un message de non-remise : un destinataire signale qu’un message au nom { EMPTY($domain) ->
    [yes] du domaine de l’expéditeur
   *[no] de { $domain }
} n’a pas passé l’authentification. Si vous l’avez envoyé, le domaine est à corriger ; sinon, quelqu’un usurpe votre nom.
bounce-outcome-sender = L’adresse de l’expéditeur a été refusée, non celle du destinataire : elle doit exister, et son domaine recevoir du courrier.
bounce-outcome-message = Le message lui-même a été refusé (contenu, taille ou forme) ; la réponse ne met en cause ni l’adresse du destinataire ni les enregistrements du domaine.
bounce-outcome-complaint = Ce n’est pas un message de non-remise : un destinataire a signalé votre message comme indésirable. Ne lui écrivez plus.
bounce-outcome-sending-server = Le serveur d’envoi a été refusé, non l’adresse du destinataire : c’est à celui qui l’exploite (votre plateforme, votre hébergeur) d’agir.
bounce-outcome-address = { $count ->
    [one] Rejet définitif : cette adresse ne reçoit pas de courrier. Retirez-la de vos listes.
   *[other] Rejet définitif : ces { $count } adresses ne reçoivent pas de courrier. Retirez-les de vos listes.
}
bounce-outcome-mailbox = L’adresse existe, mais la boîte ne reçoit rien pour l’instant. Votre domaine et votre message ne sont pas en cause.
bounce-outcome-recipient-rules = Le destinataire, ou son serveur, a refusé ce message par une règle à lui, sans dire laquelle ; lui seul peut la lever.
bounce-outcome-recipient-server = Le serveur du destinataire n’a pas pu être joint, ou n’a pas pu prendre le message. Votre domaine et votre message ne sont pas en cause.
bounce-outcome-waiting = Le message n’est pas encore remis : le serveur d’envoi réessaie de lui-même. Il n’y a rien à faire pour l’instant.
bounce-outcome-unknown = Le message n’a pas été remis, et la raison n’a pas pu être comprise. Lisez ce que le serveur a répondu.
bounce-outcome-delivered = Le message a été remis ou transmis ; il n’y a rien à corriger.
bounce-outcome-auto-reply = C’est la réponse automatique d’un destinataire, et non un message de non-remise ; il n’y a rien à corriger.
bounce-outcome-no-bounce = Ce n’est pas un message de non-remise : il ne dit d’aucun autre message qu’il n’a pas été remis. Pour savoir ce que SPF, DKIM et DMARC disent de ce message-ci, faites-le tracer (`garant trace`).
bounce-outcome-some = Cela vaut pour { $count } des { $total } destinataires ; pour les autres, voyez plus bas.

## Ce que c’est.

bounce-kind-bounce = message de non-remise
bounce-kind-delivered = avis de remise
bounce-kind-complaint = plainte d’un destinataire
bounce-kind-authentication-report = rapport d’échec d’authentification
bounce-kind-auto-reply = réponse automatique
bounce-kind-other = autre message

## Pourquoi : une phrase, et un nom court pour les décomptes.

bounce-class-address-unknown = Cette adresse n’existe pas chez le destinataire.
    .short = adresse inconnue
bounce-class-domain-unknown = Le domaine de cette adresse n’existe pas, ou ne reçoit pas de courrier.
    .short = domaine inexistant
bounce-class-address-moved = Le destinataire a changé d’adresse.
    .short = adresse changée
bounce-class-mail-not-accepted = Ce domaine ou ce serveur n’accepte aucun courrier.
    .short = aucun courrier accepté
bounce-class-address-suspended = Le compte est suspendu ou fermé.
    .short = compte fermé
bounce-class-mailbox-full = La boîte du destinataire est pleine.
    .short = boîte pleine
bounce-class-recipient-refused = Le destinataire, ou son serveur, a refusé le message sans en dire la raison.
    .short = refus du destinataire
bounce-class-authentication = Le message n’a pas prouvé qu’il vient bien de son domaine (SPF, DKIM, DMARC).
    .short = authentification
bounce-class-sender-refused = L’adresse de l’expéditeur a été refusée : elle, ou son domaine, n’existe pas pour le destinataire, ou il n’en veut pas.
    .short = expéditeur refusé
bounce-class-client-blocked = L’adresse IP du serveur d’envoi est sur une liste de blocage, ou n’est pas admise.
    .short = serveur d’envoi bloqué
bounce-class-reputation = La réputation du serveur ou du domaine d’envoi est trop basse pour ce destinataire.
    .short = réputation
bounce-class-reverse-dns = L’adresse IP du serveur d’envoi n’a pas de nom inverse (PTR), ou un nom qui ne lui correspond pas.
    .short = nom inverse
bounce-class-rate-limited = Trop de messages, de connexions ou de destinataires à la fois.
    .short = envoi trop rapide
bounce-class-spam = Le message a été pris pour du courrier indésirable.
    .short = courrier indésirable
bounce-class-malware = Le message a été pris pour un porteur de logiciel malveillant.
    .short = logiciel malveillant
bounce-class-policy = Une règle du destinataire refuse les messages de cette sorte.
    .short = règle du destinataire
bounce-class-content = Le contenu a été refusé : une pièce jointe, un lien, un jeu de caractères.
    .short = contenu
bounce-class-format = Le message ne respecte pas les règles de forme (RFC 5322).
    .short = forme du message
bounce-class-too-large = Le message est plus grand que ce que le destinataire accepte.
    .short = message trop grand
bounce-class-over-limit = Le message dépasse ce que cette adresse a le droit de recevoir.
    .short = limite du destinataire
bounce-class-network = Le serveur du destinataire n’a pas été trouvé ou n’a pas pu être joint, ou le message tourne en rond.
    .short = serveur injoignable
bounce-class-expired = Le message n’a pas pu être remis, malgré plusieurs essais.
    .short = délai écoulé
bounce-class-relay-denied = Le serveur ne reçoit pas de courrier pour ce domaine, ou ne transmet pas celui de cet expéditeur.
    .short = relais refusé
bounce-class-protocol = Le serveur n’a pas compris une commande du serveur d’envoi.
    .short = échange mal compris
bounce-class-tls = Une connexion chiffrée (TLS) était demandée, et n’a pas pu s’établir.
    .short = chiffrement
bounce-class-access-denied = Le serveur demande un mot de passe ou un droit que le serveur d’envoi n’a pas.
    .short = accès refusé
bounce-class-server-fault = Le serveur du destinataire est en panne ou mal réglé.
    .short = panne du serveur
bounce-class-server-full = Le serveur du destinataire n’a plus de place.
    .short = serveur plein
bounce-class-delivery-program = Le programme qui range le courrier du destinataire a échoué.
    .short = rangement impossible
bounce-class-deferred = Le message attend, sans que la raison soit dite.
    .short = en attente
bounce-class-delivered = Le message a été remis ou transmis.
    .short = remis
bounce-class-feedback = Un destinataire, ou son fournisseur, signale ce message.
    .short = plainte
bounce-class-auto-reply = C’est une réponse automatique.
    .short = réponse automatique
bounce-class-unknown = La raison n’a pas pu être comprise.
    .short = raison inconnue

## Quelle partie de l’authentification, et ce qu’il faut changer.

bounce-cause-dmarc-policy = La politique DMARC { EMPTY($domain) ->
    [yes] du domaine de l’expéditeur
   *[no] de { $domain }
} demande de refuser ce qui n’est pas authentifié en son nom, et ni une signature DKIM ni une adresse de retour alignées ne l’ont fait. Publiez la clé DKIM de votre service d’envoi ; abaisser la politique n’est qu’un dernier recours.
    .short = politique DMARC du domaine
bounce-cause-dmarc-absent = Le destinataire exige une politique DMARC, et n’en a pas trouvé pour le domaine { EMPTY($domain) ->
    [yes] de l’expéditeur
   *[no] { $domain }
}. Publiez-en une ; `p=none` suffit pour commencer.
    .short = pas de politique DMARC
bounce-cause-not-aligned = SPF ou DKIM passe, mais pour un autre domaine que celui que lit le destinataire : rien n’est aligné avec l’adresse affichée. Faites signer par votre domaine, ou prenez une adresse de retour dans votre domaine.
    .short = alignement
bounce-cause-spf-fail = L’enregistrement SPF du domaine de l’adresse de retour{ EMPTY($mail_from) ->
    [yes] {""}
   *[no] {" "}({ $mail_from })
} ne permet pas à ce serveur d’envoyer. Ajoutez-y votre service d’envoi, ou faites envoyer par un serveur qui y figure.
    .short = SPF échoue
bounce-cause-spf-error = L’enregistrement SPF du domaine de l’adresse de retour{ EMPTY($mail_from) ->
    [yes] {""}
   *[no] {" "}({ $mail_from })
} ne peut pas être évalué : trop de recherches DNS, deux enregistrements, ou une faute d’écriture.
    .short = SPF illisible
bounce-cause-spf-absent = Le destinataire exige que SPF passe, et il ne passe pas pour le domaine de l’adresse de retour{ EMPTY($mail_from) ->
    [yes] {""}
   *[no] {" "}({ $mail_from })
}. Publiez un enregistrement SPF qui nomme votre service d’envoi.
    .short = pas de SPF
bounce-cause-dkim-fail = DKIM ne passe pas : le message ne porte pas de signature valable. Ou bien il n’y en a aucune, ou la clé publiée n’est pas la bonne, ou le message a été changé en route.
    .short = DKIM échoue
bounce-cause-dkim-absent = Le destinataire exige une signature DKIM, et n’en a pas trouvé de valable. Activez DKIM dans votre service d’envoi, et publiez la clé qu’il vous donne.
    .short = pas de DKIM
bounce-and-no-dmarc = { $cause } Le destinataire n’a pas non plus trouvé d’enregistrement DMARC pour { EMPTY($domain) ->
    [yes] le domaine de l’expéditeur
   *[no] { $domain }
}, et il en demande un.
bounce-cause-nothing-passes = Ni SPF ni DKIM ne passent : rien ne montre que ce message vient { EMPTY($domain) ->
    [yes] du domaine de l’expéditeur
   *[no] de { $domain }
}. Publiez la clé DKIM de votre service d’envoi, et nommez-le dans votre enregistrement SPF.
    .short = ni SPF ni DKIM
bounce-cause-unspecified = { $class ->
    [policy] Ce destinataire répond ainsi quand l’authentification échoue, souvent DMARC, et parfois pour une autre de ses règles. La vérification du domaine dit si c’est elle.
   *[other] Le destinataire parle d’authentification sans dire laquelle. La vérification du domaine montre ce qui manque.
}
    .short = authentification, sans précision

## À qui d’agir.

bounce-fault-sender-domain = l’expéditeur (les enregistrements DNS de son domaine, ou son adresse)
bounce-fault-sender-server = celui qui exploite le serveur d’envoi (votre plateforme, votre hébergeur)
bounce-fault-message = l’expéditeur (le message lui-même)
bounce-fault-complaint = l’expéditeur (ne plus écrire à qui ne le souhaite pas)
bounce-fault-recipient-address = le destinataire (son adresse ou sa boîte)
bounce-fault-recipient-server = le serveur du destinataire
bounce-fault-waiting = personne pour l’instant (le serveur d’envoi réessaie)
bounce-fault-nobody = personne (rien ne s’est mal passé)
bounce-fault-unknown = on ne sait pas

## Que faire.

bounce-next-mend-domain = Faites corriger les enregistrements DNS du domaine d’envoi par la personne qui le gère ; la vérification du domaine dit lesquels.
bounce-next-mend-sender = Assurez-vous que l’adresse d’expédition existe et que son domaine reçoit du courrier (MX).
bounce-next-send-again = Envoyez de nouveau une fois la correction visible ; l’adresse du destinataire est bonne, ne la retirez pas.
bounce-next-wait = Attendez : le serveur d’envoi réessaie de lui-même.
bounce-next-send-later = Envoyez de nouveau plus tard.
bounce-next-check-spelling = Vérifiez que l’adresse est bien écrite.
bounce-next-remove-address = Retirez cette adresse de vos listes.
bounce-next-use-new-address = Demandez ou relevez la nouvelle adresse ; le message la donne parfois.
bounce-next-unsubscribe = Désinscrivez cette personne, et ne lui écrivez plus.
bounce-next-ask-platform = Transmettez ce message à celui qui exploite le serveur d’envoi : lui seul peut agir.
bounce-next-ask-recipient = Joignez le destinataire par une autre voie : lui, ou son hébergeur, peut lever ce refus.
bounce-next-change-message = Changez le message : ce que la réponse du serveur nomme.
bounce-next-shrink = Envoyez moins de pièces jointes, ou un lien vers elles.
bounce-next-slow-down = Envoyez plus lentement, par petits lots.
bounce-next-read-reply = Lisez ce que le serveur a répondu ; si vous n’y voyez rien, montrez-le à celui qui exploite le serveur d’envoi.

## Définitif ou temporaire, et si l’adresse est bonne.

bounce-refusal = { $again ->
    [bad] Rejet définitif : personne ne reçoit de courrier à cette adresse.
   *[other] { $refusal ->
        [final] Rejet définitif de ce message, non de l’adresse : { $again ->
            [mended] elle est bonne, et vous pourrez lui écrire une fois la cause corrigée.
            [later] vous pourrez lui écrire plus tard.
            [no] elle est bonne, mais cette personne ne veut plus de vos messages.
           *[yes] rien ne dit qu’elle soit mauvaise.
        }
        [given-up] Remise abandonnée : le destinataire n’a refusé que provisoirement, et le serveur d’envoi a cessé de réessayer. { $again ->
            [mended] L’adresse est bonne, et vous pourrez lui écrire une fois la cause corrigée.
            [later] Vous pourrez écrire à cette adresse plus tard.
            [no] L’adresse est bonne, mais cette personne ne veut plus de vos messages.
           *[yes] Rien ne dit que l’adresse soit mauvaise.
        }
        [for-now] Rejet temporaire : le serveur d’envoi réessaie de lui-même{ $again ->
            [mended] {" "}; l’adresse est bonne, mais la cause est à corriger.
           *[other] {"."}
        }
        [none] Rien n’a été refusé.
       *[unknown] { $again ->
            [mended] L’adresse est bonne ; la cause est à corriger.
            [later] Vous pourrez écrire à cette adresse plus tard.
            [no] L’adresse est bonne, mais cette personne ne veut plus de vos messages.
           *[yes] Rien ne dit que l’adresse soit mauvaise.
        }
    }
}
bounce-dmarc = { $cause ->
    [policy] oui, la politique { EMPTY($domain) ->
        [yes] du domaine de l’expéditeur
       *[no] de { $domain }
    } demande d’écarter ce qui n’est pas authentifié
    [yes] oui, c’est ce que le destinataire a vérifié pour { EMPTY($domain) ->
        [yes] le domaine de l’expéditeur
       *[no] { $domain }
    }
    [perhaps] peut-être, le destinataire ne dit pas quelle règle il a suivie
   *[no] la réponse ne met pas en cause la politique du domaine
}
bounce-code = { $code }, { $class ->
    [5] refus définitif
    [4] refus provisoire
    [2] succès
   *[other] code inconnu
}{ $subject ->
    [1] , au sujet d’une adresse
    [2] , au sujet de la boîte
    [3] , au sujet du serveur destinataire
    [4] , au sujet du réseau ou du chemin
    [5] , au sujet de l’échange entre serveurs
    [6] , au sujet du contenu
    [7] , pour une raison de sécurité ou de règle
   *[other] {""}
}
bounce-record = { $kind ->
    [dmarc] { EMPTY($name) ->
        [yes] l’enregistrement DMARC du domaine de l’expéditeur, à _dmarc
       *[no] { $name } (DMARC)
    }
    [dkim] { EMPTY($name) ->
        [yes] { EMPTY($domain) ->
            [yes] la clé DKIM de votre service d’envoi, dans le domaine de l’expéditeur
           *[no] la clé DKIM de votre service d’envoi, sous _domainkey.{ $domain }
        }
       *[no] { $name } (DKIM)
    }
    [mx] { EMPTY($name) ->
        [yes] les serveurs de réception (MX) du domaine de l’expéditeur
       *[no] { $name } (MX)
    }
   *[spf] { EMPTY($name) ->
        [yes] l’enregistrement SPF du domaine de l’adresse de retour
       *[no] { $name } (SPF)
    }
}

## Décomptes.

bounce-summary-policy = { $bounces ->
    [0] { $messages ->
        [0] Aucun message n’a pu être lu.
        [one] Le message lu n’est pas un message de non-remise.
       *[other] Aucun message de non-remise parmi les { $messages } messages lus.
    }
   *[other] { $policy ->
        [0] { $bounces ->
            [one] Le message de non-remise lu ne vient pas de la politique DMARC du domaine d’envoi.
           *[other] Aucun des { $bounces } messages de non-remise ne vient de la politique DMARC du domaine d’envoi.
        }
        [one] { $bounces ->
            [one] Le message de non-remise lu vient de la politique DMARC du domaine d’envoi lui-même.
           *[other] 1 des { $bounces } messages de non-remise vient de la politique DMARC du domaine d’envoi lui-même.
        }
       *[other] { $policy } des { $bounces } messages de non-remise viennent de la politique DMARC du domaine d’envoi lui-même.
    }
}
bounce-summary-authentication = { $authentication ->
    [one] 1 en tout a été refusé faute d’authentification (SPF, DKIM ou DMARC) ; l’adresse est bonne.
   *[other] { $authentication } en tout ont été refusés faute d’authentification (SPF, DKIM ou DMARC) ; ces adresses sont bonnes.
}
bounce-summary-bad = { $bad ->
    [one] 1 destinataire a une adresse qui ne reçoit pas de courrier : retirez-la de vos listes.
   *[other] { $bad } destinataires ont une adresse qui ne reçoit pas de courrier : retirez ces adresses de vos listes.
}
bounce-summary-unknown = { $unknown ->
    [one] La raison de l’un d’eux n’a pas pu être comprise.
   *[other] La raison de { $unknown } d’entre eux n’a pas pu être comprise.
}
bounce-summary-title = Messages de non-remise
bounce-summary-read = { $messages ->
    [0] aucun message lu
    [one] 1 message lu
   *[other] { $messages } messages lus
} : { $bounces ->
    [0] aucun de non-remise
   *[other] { $bounces } de non-remise
} ({ $recipients ->
    [0] aucun destinataire
    [one] 1 destinataire
   *[other] { $recipients } destinataires
}), { $complaints ->
    [0] aucune plainte
    [one] 1 plainte
   *[other] { $complaints } plaintes
}, { $reports ->
    [0] aucun rapport d’échec
    [one] 1 rapport d’échec
   *[other] { $reports } rapports d’échec
}, { $replies ->
    [0] aucune réponse automatique
    [one] 1 réponse automatique
   *[other] { $replies } réponses automatiques
}, { $delivered ->
    [0] aucun avis de remise
    [one] 1 avis de remise
   *[other] { $delivered } avis de remise
}
bounce-summary-classes = Par raison (destinataires)
bounce-summary-causes = Par cause, parmi ceux qui manquent d’authentification
bounce-summary-faults = À qui d’agir
bounce-summary-codes = Constats qui les expliquent
bounce-summary-domains = Par domaine de l’adresse affichée
bounce-summary-receivers = Par destinataire
bounce-summary-count = { $recipients ->
    [one] 1 destinataire
   *[other] { $recipients } destinataires
}{ $authentication ->
    [0] {""}
   *[other] , dont { $authentication } faute d’authentification
}{ $policy ->
    [0] {""}
   *[other] , et parmi eux { $policy } par la politique du domaine
}
bounce-summary-no-domain = (domaine que le message ne montre pas)
bounce-summary-more = { $count ->
    [one] et 1 autre
   *[other] et { $count } autres
}
bounce-summary-no-bounces = { $count ->
    [one] 1 message n’est pas un message de non-remise
   *[other] { $count } messages ne sont pas des messages de non-remise
}
bounce-summary-unreadable = { $count ->
    [one] 1 fichier n’a pas pu être lu
   *[other] { $count } fichiers n’ont pas pu être lus
}

## Étiquettes et remarques.

bounce-written-by = { $kind }, par { $reporter }
bounce-label-original = écrit à
bounce-label-class = raison
bounce-label-code = code
bounce-label-said-by = refusé par
bounce-label-said = réponse
bounce-label-cause = cause
bounce-label-fault = à qui d’agir
bounce-label-records = à regarder
bounce-label-subject = objet du message
bounce-label-from = expéditeur affiché
bounce-label-mail-from = adresse de retour
bounce-no-address = (adresse que le message ne montre pas)
bounce-cut = D’autres destinataires suivent, qui ne sont pas montrés.
bounce-check-title = Vérification de { $domain }
bounce-check-again = La vérification de { $domain } est plus haut.
bounce-check-change = { $count ->
    [one] Le changement à faire : { $order }
   *[other] Le premier des { $count } changements à faire : { $order }
}
bounce-check-more = tout le plan : { $command }
bounce-check-over = Plus de { $limit } domaines sont en cause ; les suivants ne sont pas vérifiés.
bounce-unread = { $reason ->
    [absent] Ce fichier n’existe pas.
    [denied] Vous n’avez pas le droit de lire ce fichier.
    [too-deep] Trop de dossiers imbriqués ; celui-ci n’est pas parcouru.
    [empty] Le fichier est vide.
    [too-large] Le message dépasse { $limit } Mo, plus qu’aucun destinataire n’accepte.
    [too-many-fields] Le message a plus de champs d’en-tête qu’aucun message réel.
    [header-too-large] L’en-tête du message est plus long que celui d’aucun message réel.
    [no-header] Ce n’est pas un message, et rien n’y dit qu’un message n’a pas été remis. Donnez le message de non-remise entier, tel que l’enregistre votre messagerie (.eml), ou la réponse du destinataire, qui commence par un code comme 550. Un fichier .msg d’Outlook ne se lit pas ici : ouvrez-le, et donnez le texte qu’il montre, de la première à la dernière ligne.
    [too-many-attached] Plus de { $attached } messages sont joints à ce message : ceux qui suivent n’ont pas été lus. Donnez-les à part.
   *[other] Le système a refusé de lire ce fichier.
}
bounce-unread-at = { $file } : { $text }
