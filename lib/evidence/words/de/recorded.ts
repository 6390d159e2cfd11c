import type { Words } from '../en/en';

export const recorded: Words['recorded'] = {
  title: 'Information der Arbeitnehmervertretung: wer wann was verwendet hat',
  intro:
    'Jedes Protokoll, jede Aufzeichnung, jede Metrik, der Trail und jede Tabelle der Bereitstellung, die die Nutzung des Systems zeigen.',
  overview: 'Übersicht',
  source: 'Quelle',
  person: 'Personenbezug',
  personBy: 'ja, durch ein Pseudonym, einen Namen oder eine Adresse',
  indirectly: 'mittelbar: durch die Verknüpfung, den Auftrag oder den Trail',
  noPerson: 'nein',
  purpose: 'Wozu',
  fields: 'Felder',
  readers: 'Wer Zugriff hat',
  retention: 'Speicherdauer',
  shorten: 'Wie sie verkürzt wird',
  erasure: 'Wirkung einer Löschung des Mitglieds',
  notDeployed: 'nicht bereitgestellt',
  inFile: (name) => `Schlüssel ${name} in residency.yaml`,
  inConstruct: (name) => `Eigenschaft ${name} der Construct-Bibliothek`,
  bySupport: 'auf 30 Tage für das ganze Konto und die Region, durch eine Anfrage an AWS Support',
  notShorter: 'nicht verkürzbar',
  agreement: 'Vereinbarung',
  agreementField:
    'Betriebs- oder Dienstvereinbarung oder gesetzliche Grundlage für diese Daten sowie Verbot oder Zulässigkeit einer Leistungs- und Verhaltenskontrolle',
  groups: {
    person: 'Person',
    content: 'Inhalt',
    time: 'Zeit',
    use: 'Verwendung',
    volume: 'Menge',
    outcome: 'Ergebnis',
    technical: 'technisch',
  },
  people: {
    operators: 'Betriebspersonal mit Berechtigung im Konto',
    auditors: 'Prüfer des Arbeitsbereichs',
    declaredAuditors: 'Prüfer des Arbeitsbereichs, nur solange das erklärt ist (monitoring.perMember)',
    administrators: 'Administratoren des Arbeitsbereichs',
    members: 'das betroffene Mitglied',
  },
  effects: {
    deleted: 'wird gelöscht',
    stays: 'keine; bleibt bis zum Ende der Speicherdauer',
    unlinked:
      'löscht die Verknüpfung mit dem Mitglied; der Eintrag selbst bleibt, und der Trail kann weiterhin zeigen, von wem er stammt',
    'by-administrator': 'keine; ein Administrator oder der Identitätsanbieter löscht den Nutzer',
    'no-person': 'keine: Es wird kein Mitglied genannt',
  },
  sources: {
    requestRecord: ['Aufzeichnung der Anfragen', 'belegt für jede Anfrage, wo sie verarbeitet wurde'],
    residencyRecord: [
      'Aufzeichnung der Handlungen',
      'belegt, was Administratoren und Prüfer getan oder versucht haben',
    ],
    ledgerHours: [
      'Nachweisverzeichnis der Anfragen',
      'belegt nachträglich, dass keine Aufzeichnung geändert, entfernt oder eingefügt wurde',
    ],
    ledgerCheckpoints: [
      'Signierte Prüfpunkte des Nachweisverzeichnisses',
      'belegen, welche Aufzeichnungen es zu einem Zeitpunkt hatte',
    ],
    operationsRecord: ['Betriebsaufzeichnung', 'misst Anfragen, Fehler und Zeiten'],
    accessLog: ['Zugriffsprotokoll der APIs', 'zeigt, welche Ressource mit welchem Ergebnis angefragt wurde'],
    metrics: ['Metriken', 'Summen von Anfragen, Tokens, Fehlern und Zeiten'],
    trail: [
      'Trail (CloudTrail)',
      'zeigt, wann und von welcher Adresse sich jemand angemeldet hat, wer welchen Schlüssel, welchen Eintrag und welches Objekt verwendet hat und wer was im Konto geändert hat',
    ],
    objectAccess: ['Zugriffsprotokoll der Buckets', 'zeigt, wer welches Objekt angefragt hat'],
    webAcl: ['Protokoll abgewiesener Anfragen (Web-ACL)', 'zeigt, warum eine Anfrage abgewiesen wurde'],
    flowLog: ['Netzprotokoll', 'zeigt Verbindungen zwischen Funktionen und Endpunkten'],
    functionLogs: [
      'Protokolle der Aufträge und Prüfungen',
      'zeigen anhand seiner Kennung, was mit einem Auftrag geschah',
    ],
    invocationLog: [
      'Protokoll der Anfragen und Antworten (Protokollierung der Modellaufrufe)',
      'ist vom Verantwortlichen deklariert, der den Zweck bestimmt',
    ],
    jobHistory: ['Verlauf der Aufträge', 'zeigt anhand seiner Kennung die Schritte eines Auftrags'],
    content: [
      'Lesbarer Teil gespeicherter Inhalte',
      'dient dem Auffinden und dem Verfall von Unterhaltungen, Dateien und Eingabevorlagen',
    ],
    jobs: [
      'Aufträge und Aufbewahrungsanordnungen',
      'zeigt, wer Export, Löschung oder Anordnung beantragt, freigegeben oder abgebrochen hat',
    ],
    exports: ['Liste der Exporte', 'zeigt einem Nutzer, welche Exporte es gibt und wer sie erhält'],
    branchKeys: ['Schlüssel der Mitglieder', 'verschlüsseln die Inhalte jedes Mitglieds'],
    keyRequests: [
      'Schlüsselanforderungen',
      'veranlassen einen Schlüssel, wenn ein Mitglied erstmals Inhalte speichert',
    ],
    conversions: [
      'Umwandlungsanforderungen',
      'veranlassen, dass eine Office-Datei eines Mitglieds in Text umgewandelt wird',
    ],
    jobQueue: [
      'Warteschlange der Hintergrundantworten',
      'nennt die Aufträge von Mitgliedern, die noch nicht beendet sind',
    ],
    usage: ['Tokensummen', 'setzen Obergrenzen durch'],
    budgets: [
      'Nutzung von Budgets durch ein Mitglied',
      'setzt Budgets durch, wo sie erklärt sind; ein Hashwert steht für das Mitglied',
    ],
    months: [
      'Token eines Mitglieds nach Monat und Modell',
      'zählen, wie viele Mitglieder etwas genutzt haben, und informieren das Mitglied',
    ],
    groupsOfMonth: [
      'Token von Gruppen nach Monat und Modell',
      'zeigen die Nutzung genügend vieler Mitglieder zusammen',
    ],
    directory: [
      'Nutzer und Gruppen per SCIM',
      'bestimmen, wer Mitglied eines Arbeitsbereichs ist, und in welcher Rolle',
    ],
    recordLinks: [
      'Verknüpfung von Aufzeichnungen und Mitgliedern',
      'gibt einem Mitglied seine eigenen Aufzeichnungen; zeigt, wer eine Anfrage gestellt hat, wo das erklärt ist',
    ],
    members: [
      'Gesperrte Mitglieder und vergebene Rollen',
      'beendet Sitzungen und zeigt, wer welchem Mitglied eine Rolle gegeben hat',
    ],
    userPool: ['Nutzerverzeichnis', 'meldet Mitglieder an'],
    apiKeys: ['API-Schlüssel der Projekte', 'lassen Anwendungen zu; die Bezeichnung ist freier Text'],
    memberKeys: [
      'API-Schlüssel der Mitglieder',
      'lassen Mitglieder mit ihren Schlüsseln zu, solange sie sich von Zeit zu Zeit anmelden',
    ],
    projectUsage: [
      'Token und Beträge der Projekte',
      'setzen Obergrenzen und Budgets durch und teilen die Nutzung nach Bezeichnungen von Schlüsseln auf',
    ],
    openProjects: [
      'Offene Projekte',
      'halten Modelle und Grenzen von Projekten fest, die ein Programm anlegt; der Name ist freier Text',
    ],
    certificates: ['Löschbescheinigungen', 'belegen, dass eine Löschung vollständig ist'],
  },
};
