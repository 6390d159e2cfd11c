import type { Words } from '../en/en';

export const assessment: Words['assessment'] = {
  title: 'Datenschutz-Folgenabschätzung: Gerüst (Artikel 35 DSGVO)',
  intro:
    'Die Tatsachen der Bereitstellung in der Reihenfolge des Artikels 35 Absatz 7 DSGVO. Ob eine Folgenabschätzung erforderlich ist und zu welchem Ergebnis sie kommt, entscheidet der Verantwortliche.',
  description: 'Systematische Beschreibung der Verarbeitung (Artikel 35 Absatz 7 Buchstabe a)',
  tenants: 'Arbeitsbereiche und Projekte',
  purposesField: 'Zwecke und gegebenenfalls verfolgte berechtigte Interessen',
  scaleField: 'Zahl der betroffenen Personen, Häufigkeit und Zusammenhang der Nutzung',
  necessity: 'Notwendigkeit und Verhältnismäßigkeit (Artikel 35 Absatz 7 Buchstabe b)',
  necessityField: 'warum die Verarbeitung in Bezug auf die Zwecke notwendig und verhältnismäßig ist',
  risks: 'Risiken für die Rechte und Freiheiten (Artikel 35 Absatz 7 Buchstabe c)',
  risksOf:
    'Jedes Thema ist ein Abschnitt der Seite mit den bekannten Grenzen des Pakets. Eintrittswahrscheinlichkeit und Schwere hängen von der Nutzung durch den Verantwortlichen ab.',
  topic: 'Thema',
  remains: 'Was verbleibt',
  limitsStated: (count) => (count === 1 ? '1 Punkt' : `${count} Punkte`),
  rating: 'Eintrittswahrscheinlichkeit und Schwere',
  ratingField: 'Bewertung',
  open: 'Offene Punkte der Bereitstellung',
  point: 'Punkt',
  reason: 'Grund',
  exception: (rule) => `Ausnahme von der Regel ${rule}`,
  approved: (by, until) =>
    `genehmigt von ${by}, ${until === undefined ? 'solange residency.yaml es so festlegt' : `läuft ab am ${until}`}`,
  finding: (rule) => `Befund der Regel ${rule}`,
  row: (criterion, count) =>
    count === 1 ? `1 Zeile des Kriteriums ${criterion}` : `${count} Zeilen des Kriteriums ${criterion}`,
  noOpenPoint: 'Der Bericht enthält keine Ausnahme, und jede seiner Zeilen ist in Ordnung.',
  measures: 'Abhilfemaßnahmen (Artikel 35 Absatz 7 Buchstabe d)',
  measuresAt: 'Siehe Anlage zu Artikel 28, Abschnitt „Maßnahmen“.',
  furtherField: 'weitere Maßnahmen und verbleibendes Risiko',
  advice: 'Rat und Konsultation',
  adviceField: 'Rat des Datenschutzbeauftragten (Artikel 35 Absatz 2)',
  viewsField: 'Standpunkt der betroffenen Personen oder ihrer Vertreter (Artikel 35 Absatz 9)',
  priorField: 'ob eine vorherige Konsultation der Aufsichtsbehörde erforderlich ist (Artikel 36)',
  signature: 'Datum und Unterschrift',
  signatureField: 'Datum, Name und Unterschrift des Verantwortlichen',
  transferTitle: 'Bewertung der Übermittlungen an Drittländer (Kapitel V DSGVO)',
  transferIntro:
    'Was die Bereitstellung über Orte zeigt und welche Zugriffe aus Drittländern verbleiben. Die rechtliche Bewertung obliegt dem Verantwortlichen.',
  places: 'Orte der Speicherung und Verarbeitung',
  inside: 'Innerhalb der Grenze',
  yes: 'ja',
  no: 'nein',
  uses: 'Verwendung',
  useNames: {
    stores: 'Speicher',
    keys: 'Schlüssel',
    gateway: 'Gateway',
    inference: 'Modelle',
    recovery: 'Wiederherstellung',
  },
  flows: 'Datenflüsse zwischen Regionen',
  from: 'Von',
  to: 'Nach',
  purpose: 'Zweck',
  flowNames: {
    inference: 'Modellaufruf',
    replication: 'Replikation',
    'key copy': 'Kopie von Schlüsseln',
    other: 'sonstiges',
  },
  usLaw: 'Recht der Vereinigten Staaten',
  usLawOf:
    'Amazon Web Services gehört zu einem Unternehmen in den Vereinigten Staaten. US-Recht, etwa Section 702 des Foreign Intelligence Surveillance Act und der CLOUD Act, gilt für Anbieter in US-Eigentum unabhängig vom Standort ihrer Rechenzentren. Der Speicherort allein verhindert keine Anordnung zur Herausgabe von Daten.',
  usLawField: 'Bewertung der Wahrscheinlichkeit und der Folgen einer solchen Anordnung für die betreffenden Daten',
  dpf: 'Datenschutzrahmen EU-USA',
  dpfOf:
    'Der Angemessenheitsbeschluss (Durchführungsbeschluss (EU) 2023/1795) gilt für Übermittlungen an zertifizierte Organisationen. Das Gericht der Europäischen Union hat eine Klage dagegen am 3. September 2025 abgewiesen (T-553/23); am 31. Oktober 2025 wurde ein Rechtsmittel eingelegt (C-703/25 P). Den weiteren Stand kennt dieses Dokument nicht.',
  dpfField:
    'ob der Anbieter zertifiziert ist, ob der Beschluss noch gilt und auf welche Garantien die Übermittlung andernfalls gestützt wird (Artikel 46)',
  partition: 'Partition des Anbieters',
  commercial: (regions) =>
    `Die Bereitstellung nutzt ${regions === 1 ? '1 Region' : `${regions} Regionen`} der Partition aws. IAM, Organizations, Route 53, Abrechnung und Support speichern ihre Metadaten dort außerhalb der EU. Namen, Tags und Beschreibungen dürfen keine personenbezogenen Daten enthalten.`,
  sovereign: (regions) =>
    `Die Bereitstellung nutzt ${regions === 1 ? '1 Region' : `${regions} Regionen`} der European Sovereign Cloud (aws-eusc), die ihre Metadaten in der EU speichert.`,
  supplementary: 'Zusätzliche Maßnahmen',
  supplementaryOf:
    'Gespeicherte Inhalte sind verschlüsselt. Der Anbieter betreibt den Schlüsseldienst und verarbeitet während einer Anfrage Klartext; die Verschlüsselung verhindert daher keinen Zugriff durch den Anbieter.',
  keysOf: (keys) =>
    `Die Vorlagen definieren oder verwenden ${keys} Schlüssel; der Bericht nennt für jeden, wer entschlüsseln kann.`,
  conclusion: 'Ergebnis',
  conclusionField: 'Ergebnis, Datum und Unterschrift des Verantwortlichen',
};
