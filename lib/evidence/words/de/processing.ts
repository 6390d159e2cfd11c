import type { Words } from '../en/en';

export const processing: Words['processing'] = {
  recordTitle: 'Verzeichnis von Verarbeitungstätigkeiten (Artikel 30 DSGVO)',
  recordIntro:
    'Ein Eintrag für jeden Arbeitsbereich und jedes Projekt, wie ihn Artikel 30 Absatz 1 DSGVO vom Verantwortlichen verlangt. Dies ist nicht das Verzeichnis eines Auftragsverarbeiters nach Artikel 30 Absatz 2: Wer dies für andere betreibt, führt ein eigenes. Orte und Fristen sind die der erzeugten Vorlagen; ob sie bereitgestellt sind, zeigt der Bericht nicht.',
  joint: 'Gemeinsam Verantwortlicher und Vertreter',
  jointField: 'gegebenenfalls der gemeinsam Verantwortliche und der Vertreter des Verantwortlichen',
  purposes: 'Zwecke der Verarbeitung',
  purposesField: 'die Zwecke und die Rechtsgrundlage nach Artikel 6 Absatz 1 DSGVO',
  workspacePurpose:
    'Im Arbeitsbereich nutzen die Mitglieder Sprachmodelle; ihre Unterhaltungen, Dateien und gespeicherten Eingabevorlagen werden gespeichert.',
  projectPurpose:
    'Im Projekt richtet eine Anwendung Anfragen an Sprachmodelle. Der Inhalt der Anfragen und Antworten wird nicht gespeichert.',
  subjects: 'Kategorien betroffener Personen',
  workspaceSubjects:
    'Mitglieder, Administratoren und Prüfer des Arbeitsbereichs; Personen, von denen die Inhalte der Mitglieder handeln',
  projectSubjects: 'Personen, von denen die Anfragen der Anwendung handeln',
  subjectsField: 'weitere Kategorien betroffener Personen, etwa Schüler, Patienten oder Kunden',
  data: 'Kategorien personenbezogener Daten',
  workspaceData:
    'Inhalte (Unterhaltungen, Dateien, Eingabevorlagen), verschlüsselt unter dem eigenen Schlüssel jedes Mitglieds; Kennungen der Mitglieder (Pseudonyme), Zeiten, Größen und Tokenzahlen; Aufzeichnungen der Anfragen',
  projectData:
    'Inhalte, während der Verarbeitung einer Anfrage und, falls der Anbieter sie zwischenspeichert, einige Minuten danach; Tokenzahlen und Aufzeichnungen der Anfragen, ohne Kennung einer Person',
  specialField:
    'ob besondere Kategorien personenbezogener Daten (Artikel 9) oder Daten über strafrechtliche Verurteilungen (Artikel 10) eingegeben werden dürfen',
  recipients: 'Kategorien von Empfängern',
  workspaceRecipients:
    'das betroffene Mitglied; ein Mitglied, dem ein Export übergeben wird; Prüfer (Aufzeichnungen ohne Inhalt); Auftragsverarbeiter (siehe Anlage zu Artikel 28)',
  projectRecipients: 'die Anwendung, die die API aufruft; Auftragsverarbeiter (siehe Anlage zu Artikel 28)',
  called: 'Aufrufbare Modelle',
  log: 'Protokoll der Anfragen und Antworten (Protokollierung der Modellaufrufe)',
  logField:
    'ob bedrock.invocationLogging in residency.yaml ein Protokoll der Anfragen und Antworten deklariert (der Bericht entstand ohne diese Datei)',
  noLog: 'Keines ist deklariert.',
  logsTo: 'Amazon Bedrock kann jede Anfrage und Antwort des Kontos in der primären Region schreiben nach',
  logOf:
    'Schlüssel, Zugriff und Speicherdauer legt der Betreiber dieses Speichers fest. Eine Löschung erreicht ihn nicht.',
  transfers: 'Übermittlungen an Drittländer',
  noTransfer: (regions) =>
    `Keine durch die bereitgestellten Ressourcen: ${regions === 1 ? 'Die Region, die Daten speichern oder verarbeiten kann, liegt' : `Alle ${regions} Regionen, die Daten speichern oder verarbeiten können, liegen`} im EWR.`,
  transfersAt: 'Die Bewertung der Übermittlungen nennt, was verbleibt.',
  transfer: 'Daten können folgende Regionen in Drittländern erreichen:',
  outsideBoundary: 'Im EWR, aber außerhalb der Grenze, können Daten erreichen:',
  transferPlaces: 'Bei Anbietern außerhalb von AWS können Daten folgende Drittländer erreichen:',
  unknownPlaces: (rows) => `nicht bekannt: Der Bericht zeigt nicht alle Orte (Zeilen ohne bekannten Ort: ${rows})`,
  erasure: 'Vorgesehene Fristen für die Löschung',
  erasureOf: 'Inhalte',
  otherErasure: 'Andere Daten: siehe die Speicher unten.',
  projectErasure: 'Inhalte werden nicht gespeichert. Andere Daten: siehe die Speicher unten.',
  measures: 'Technische und organisatorische Maßnahmen (Artikel 32)',
  measuresAt: 'siehe Anlage zu Artikel 28, Abschnitt „Maßnahmen“',
  organisationalField: 'organisatorische Maßnahmen, etwa Schulungen, Weisungen und Zugriffsregeln',
  stores: 'Speicher',
  sharedStores: 'Gemeinsame Speicher',
  noticeTitle: 'Information der Mitglieder (Artikel 13 DSGVO)',
  noticeIntro: 'Für die Mitglieder jedes Arbeitsbereichs, zum Zeitpunkt der Erhebung ihrer personenbezogenen Daten.',
  who: 'Wer verantwortlich ist',
  why: 'Warum Ihre Daten verarbeitet werden',
  what: 'Was verarbeitet wird',
  whatOf:
    'Ihre Unterhaltungen, Dateien und gespeicherten Eingabevorlagen werden verschlüsselt gespeichert, unter einem eigenen Schlüssel für Sie. Ihre Mitgliedskennung, Zeiten, Größen und die Zahl der Tokens, die Sie je Tag sowie je Monat und Modell verbrauchen, werden unverschlüsselt gespeichert. Der Trail des Kontos zeichnet Ihre Mitgliedskennung bei jeder Verwendung Ihres Schlüssels und Ihrer Inhalte auf. Er zeichnet auch jede Anmeldung mit Zeit, IP-Adresse und Browser auf. Weist die Web Application Firewall eine Anfrage ab, wird Ihre IP-Adresse protokolliert. Jede Anfrage hinterlässt eine Aufzeichnung der Zeit, des Modells und der Regionen, ohne Inhalt und ohne Ihre Kennung. Eine Verknüpfung mit Ihnen wird getrennt gespeichert und nach Ablauf ihrer Frist oder mit Ihrer Löschung gelöscht. Der Trail bleibt bestehen; zusammen mit den Zeiten der Anfragen kann er zeigen, wer sie gestellt hat.',
  whoReads: 'Wer Zugriff hat',
  whoReadsOf:
    'Andere Mitglieder, Administratoren und Prüfer können Ihre Inhalte nicht lesen. Betriebspersonal, das Schlüssel, Rollen oder Code ändern darf, kann sich Zugriff verschaffen, ebenso der Anbieter der Infrastruktur. Administratoren verwalten Mitglieder und Ihre Rechte. Wenn Sie ausgeschieden sind, können Ihre Inhalte einem benannten Mitglied übergeben werden. Drei Personen wirken mit, doch ein Administrator und eine Person des Betriebspersonals genügen. Abbrechen können Sie die Übergabe nur, solange ein Token von Ihnen noch gültig ist. Prüfer lesen die Aufzeichnungen der Anfragen und sehen nicht, von wem sie stammen. Was Sie allein genutzt haben, wird niemandem gezeigt, außer wenn die Organisation erklärt, dass Prüfer es sehen. Jede Antwort, die Sie erhalten, sagt das dann (Header x-residency-monitoring) und bis wann.',
  receivers: 'Wer Ihre Daten erhält',
  receiversOf:
    'Die folgenden Auftragsverarbeiter verarbeiten sie für den Verantwortlichen. Ihre Rollen nennt die Anlage zu Artikel 28.',
  where: 'Wo',
  howLong: 'Wie lange',
  howLongOf: 'Sie können Ihre Inhalte jederzeit löschen, sofern keine Aufbewahrungsanordnung besteht.',
  otherPeriods: 'Wie lange andere Daten über Sie gespeichert werden',
  interestsField:
    'falls die Rechtsgrundlage Artikel 6 Absatz 1 Buchstabe f ist: die verfolgten berechtigten Interessen',
  source: 'Woher Ihre Daten stammen',
  sourceField:
    'für Daten, die Sie nicht selbst angegeben haben: die Quelle, etwa ein Administrator oder der Identitätsanbieter (Artikel 14 Absatz 2 Buchstabe f)',
  rights: 'Ihre Rechte',
  rightsOf:
    'Sie haben das Recht auf Auskunft (Artikel 15), Berichtigung (16), Löschung (17), Einschränkung der Verarbeitung (18), Datenübertragbarkeit (20) und das Widerspruchsrecht (21). Einen Export können Sie bei einem Administrator beantragen, Ihre Inhalte selbst löschen.',
  withdrawField: 'falls die Rechtsgrundlage die Einwilligung ist: wie sie widerrufen werden kann',
  complaint: 'Beschwerde',
  complaintField: 'die zuständige Aufsichtsbehörde und ihre Kontaktdaten',
  obligation: 'Pflicht zur Bereitstellung von Daten',
  obligationField:
    'ob die Bereitstellung gesetzlich oder vertraglich vorgeschrieben ist und welche Folgen die Nichtbereitstellung hat',
  automated: 'Automatisierte Entscheidungen',
  automatedField:
    'ob Antworten für automatisierte Entscheidungen einschließlich Profiling verwendet werden (Artikel 22)',
  generated:
    'Antworten werden von einem KI-System erzeugt und können falsch sein. Jede Antwort trägt eine maschinenlesbare Kennzeichnung (Artikel 50 Absatz 2 der Verordnung (EU) 2024/1689).',
};
