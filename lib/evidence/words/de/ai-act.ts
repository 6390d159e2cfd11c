import type { Words } from '../en/en';

export const aiAct: Words['aiAct'] = {
  title: 'Pflichten nach der KI-Verordnung (Artikel 12, 26 und 50 der Verordnung (EU) 2024/1689)',
  intro:
    'Geltungsbeginn in der Fassung der Verordnung (EU) 2026/1744. Die Artikel 12 und 26 betreffen Hochrisiko-KI-Systeme. Ob ein Hochrisiko-KI-System vorliegt, etwa in Bildung oder Beschäftigung (Anhang III), hängt von der Nutzung durch den Verantwortlichen ab. Angegeben ist der Geltungsbeginn für Systeme des Anhangs III; für Systeme des Anhangs I gelten die sie betreffenden Pflichten ab dem 2. August 2028. Artikel 26 Absatz 10 betrifft nur die Strafverfolgung und ist nicht aufgeführt, ebenso Absatz 12 (Zusammenarbeit mit den Behörden).',
  classificationField:
    'Einstufung jeder Nutzung nach Artikel 6 und Anhang III sowie die Rolle als Anbieter oder Betreiber',
  classification: 'Einstufung',
  article: 'Artikel',
  duty: 'Pflicht',
  from: 'Gilt ab',
  annexThree: 'Anhang III',
  provided: 'Von der Bereitstellung erfüllt',
  task: 'Verbleibende Aufgabe',
  earlierSystems: (day) => `${day} für Systeme, die vor dem 2. August 2026 in Verkehr gebracht wurden`,
  duties: {
    logging: {
      duty: 'Automatische Aufzeichnung von Ereignissen (Anbieter)',
      provided:
        'Eine Aufzeichnung jeder Anfrage und der Trail jeder Verwendung eines Schlüssels, Eintrags und Objekts.',
      task: 'Prüfen, ob die Aufzeichnungen für die Zweckbestimmung des Systems ausreichen.',
    },
    use: {
      duty: 'Verwendung nach der Betriebsanleitung, menschliche Aufsicht, geeignete Eingabedaten, Überwachung (Betreiber)',
      provided: 'Obergrenzen, Alarme und Aufzeichnungen je Anfrage.',
      task: 'Die Aufsicht Personen mit der nötigen Kompetenz und Befugnis übertragen; die Nutzung überwachen.',
    },
    logs: {
      duty: 'Aufbewahrung der Protokolle unter eigener Kontrolle für mindestens sechs Monate (Betreiber)',
      provided: 'Siehe die Fristen unten.',
      task: 'Fristen unter sechs Monaten verlängern, sofern das Unionsrecht oder das nationale Recht, insbesondere zum Datenschutz, nichts anderes bestimmt.',
    },
    workers: {
      duty: 'Information der Arbeitnehmer und ihrer Vertreter vor der Verwendung am Arbeitsplatz (Betreiber)',
      provided: 'Das Blatt für die Arbeitnehmervertretung nennt, was aufgezeichnet wird.',
      task: 'Sie informieren.',
    },
    registration: {
      duty: 'Registrierung der Verwendung in der EU-Datenbank und Verwendung nur registrierter Systeme (Betreiber, die Behörden oder Einrichtungen der Union sind)',
      provided: 'Nichts.',
      task: 'Die Registrierung des Systems prüfen und die Verwendung registrieren (Artikel 49 Absatz 3).',
    },
    assessment: {
      duty: 'Verwendung der Informationen des Anbieters nach Artikel 13 für die Datenschutz-Folgenabschätzung (Betreiber)',
      provided: 'Das Gerüst der Folgenabschätzung nach Artikel 35 DSGVO.',
      task: 'Die Informationen beschaffen und in der Folgenabschätzung verwenden.',
    },
    decisions: {
      duty: 'Information der Personen, wenn das System sie betreffende Entscheidungen trifft oder dabei Unterstützung leistet (Betreiber)',
      provided: 'Nichts: Das Gateway hat keine Benutzeroberfläche.',
      task: 'Sie informieren.',
    },
    interaction: {
      duty: 'Information, dass mit einem KI-System interagiert wird (Anbieter)',
      provided: 'Nichts: Das Gateway hat keine Benutzeroberfläche.',
      task: 'Nutzer in der Anwendung informieren.',
    },
    marking: {
      duty: 'Kennzeichnung erzeugter Inhalte in einem maschinenlesbaren Format (Anbieter)',
      provided:
        'Ein Header je Antwort und Metadaten für gespeicherte und exportierte Elemente; nicht signiert, ohne Wasserzeichen.',
      task: 'Die Kennzeichnung weitergeben; entscheiden, ob eine weitere Kennzeichnung nötig ist.',
    },
    emotions: {
      duty: 'Information der Personen, die einer Emotionserkennung oder biometrischen Kategorisierung ausgesetzt sind (Betreiber)',
      provided: 'Nichts: Das Gateway hat keine Benutzeroberfläche.',
      task: 'Entscheiden, ob eine Nutzung von dieser Art ist, und sie dann informieren. Emotionen am Arbeitsplatz oder in Bildungseinrichtungen abzuleiten ist verboten, außer aus medizinischen Gründen oder Sicherheitsgründen (Artikel 5 Absatz 1 Buchstabe f).',
    },
    disclosure: {
      duty: 'Offenlegung, dass Inhalte künstlich erzeugt wurden (Betreiber)',
      provided: 'Nichts: Das Gateway hat keine Benutzeroberfläche.',
      task: 'Deepfakes kennzeichnen, ebenso veröffentlichte Texte zu Angelegenheiten von öffentlichem Interesse, es sei denn, sie wurden menschlich überprüft oder redaktionell kontrolliert und eine Person trägt die redaktionelle Verantwortung dafür.',
    },
  },
  periods: 'Speicherdauer der Protokolle',
  log: 'Protokoll',
  sixMonths: 'Mindestens sechs Monate',
};
