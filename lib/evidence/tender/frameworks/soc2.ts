import { criteria, type Framework } from './framework';

/** The trust services criteria of the AICPA. */
export const SOC2: Framework = {
  name: 'SOC 2 trust services criteria',
  version: '2017, points of focus of 2022',
  total: 61,
  source:
    'AICPA, TSP section 100, IDs read in a public library of frameworks (intuitem/ciso-assistant-community); those of processing integrity, which it misspells, in public mappings of other services',
  note: "The package has no SOC 2 report. A report covers an operator and its organisation: most rows are the operator's.",
  criteria: criteria(`
CC1.1 | organisation.management | Integrity and ethical values
CC1.2 | organisation.management | Independent oversight
CC1.3 | organisation.management + access.roles | Structures and authorities
CC1.4 | organisation.staff | Competent people
CC1.5 | organisation.staff | Accountability
CC2.1 | organisation.management + place.inventory + evidence.trail | Information for controls
CC2.2 | organisation.management | Communication inside
CC2.3 | organisation.contract + operations.guide | Communication outside
CC3.1 | organisation.management | Clear objectives
CC3.2 | organisation.management | Risks are identified
CC3.3 | organisation.management + access.four-eyes | Fraud is considered
CC3.4 | organisation.management + change.upgrade | Changes are considered
CC4.1 | organisation.audit + evidence.settings-check | Controls are evaluated
CC4.2 | organisation.audit + operations.alarms | Deficiencies are reported
CC5.1 | organisation.management + change.guard | Controls are chosen
CC5.2 | organisation.management + change.guard + access.least-privilege | Controls of technology
CC5.3 | organisation.management + operations.guide | Policies and procedures
CC6.1 | access.least-privilege + access.roles + keys.customer | Logical access is protected
CC6.2 | access.account + access.roles + access.sign-in | Users are registered and authorised
CC6.3 | access.account + access.revocation + access.roles | Access is changed and withdrawn
CC6.4 | provider.sites | Physical access
CC6.5 | provider.hardware + content.closure | Assets are disposed of
CC6.6 | network.isolated + network.firewall | Protection from outside
CC6.7 | keys.transit + change.guard + place.storage | Transmission and movement of data
CC6.8 | content.no-scan + operations.hardening | Malicious software
CC7.1 | organisation.audit + evidence.settings-check + change.vulnerabilities | Changes and vulnerabilities are detected
CC7.2 | evidence.collection + operations.alarms + evidence.trail | Anomalies are monitored
CC7.3 | organisation.incidents + evidence.trail | Events are evaluated
CC7.4 | organisation.incidents | Incidents are answered
CC7.5 | organisation.continuity + operations.recovery | Recovery from incidents
CC8.1 | organisation.development + change.guard + change.tests | Changes are managed
CC9.1 | organisation.continuity | Disruption of business
CC9.2 | organisation.suppliers + place.inventory | Vendors and partners
A1.1 | operations.capacity + operations.limits + operations.metrics | Capacity
A1.2 | operations.backup + operations.recovery + place.zones | Copies and recovery infrastructure
A1.3 | organisation.continuity + operations.recovery | Recovery is tested
C1.1 | keys.member + content.retention | Confidential information is identified and protected
C1.2 | content.erasure + content.closure | Confidential information is disposed of
PI1.1 | operations.guide + network.api | What is processed is specified
PI1.2 | network.api | Inputs are checked
PI1.3 | models.quality | Processing gives right results
PI1.4 | models.quality + evidence.records | Outputs are complete and right
PI1.5 | operations.backup + keys.member | Stored data stays intact and recoverable
P1.1 | content.privacy-duties | Notice of privacy practices
P2.1 | content.privacy-duties | Choice and consent
P3.1 | content.privacy-duties + content.none-of-projects | Collection fits its purpose
P3.2 | content.privacy-duties | Explicit consent where needed
P4.1 | content.privacy-duties | Use is limited to purposes
P4.2 | content.retention | Retention
P4.3 | content.erasure | Secure disposal
P5.1 | content.export | Access by the person
P5.2 | content.privacy-duties | Correction by the person
P6.1 | organisation.suppliers | Disclosure to third parties
P6.2 | organisation.suppliers + evidence.records | Record of disclosures
P6.3 | organisation.incidents + evidence.trail | Record of unauthorised disclosures
P6.4 | organisation.suppliers | Commitments of vendors
P6.5 | organisation.suppliers | Vendors report incidents
P6.6 | organisation.incidents | Incidents are notified
P6.7 | content.export + content.privacy-duties | Account of what is held
P7.1 | content.privacy-duties | Accurate personal information
P8.1 | content.privacy-duties | Inquiries and complaints
`),
};
