import { criteria, type Framework } from './framework';

/** ANSSI's requirements for providers of cloud services, by section. */
export const SECNUMCLOUD: Framework = {
  name: 'SecNumCloud',
  version: '3.2',
  total: 92,
  source:
    'ANSSI, référentiel 3.2 (8 March 2022), the sections of chapters 5 to 19, read in a public library of frameworks (intuitem/ciso-assistant-community). The requirements within a section are not listed',
  note: "SecNumCloud isn't met on AWS: section 19.6 requires a provider with seat and control in the EU and protection from law outside it, and AWS is owned by a US company. The other rows say what a bidder could still show; together they qualify nothing.",
  criteria: criteria(`
5.1 | organisation.management | Principles
5.2 | organisation.management | Security policy
5.3 | organisation.management | Assessment of risks, that of law outside the EU included
6.1 | organisation.management + access.roles | Functions and responsibilities
6.2 | organisation.management + access.four-eyes | Separation of tasks
6.3 | organisation.management | Relations with authorities
6.4 | organisation.management | Relations with expert groups
6.5 | organisation.management | Security in projects
7.1 | organisation.staff | Selection of staff
7.2 | organisation.staff | Terms of employment
7.3 | organisation.staff | Awareness and training
7.4 | organisation.staff | Disciplinary process
7.5 | organisation.staff + access.revocation | End or change of employment
8.1 | organisation.assets + place.inventory | Inventory and owners of assets
8.2 | organisation.assets | Return of assets
8.3 | organisation.assets | Need for protection
8.4 | organisation.assets | Marking and handling
8.5 | organisation.assets | Removable media
9.1 | access.account + access.roles | Policies of access
9.2 | access.account + access.sign-in | Registration of users
9.3 | access.account + access.revocation | Permissions
9.4 | access.account | Review of permissions
9.5 | access.second-factor + access.sign-in | Authentication of users
9.6 | access.account + network.public-api | Interfaces of administration
9.7 | access.tenants + keys.member | Restriction of access to information
10.1 | keys.member + keys.customer | Encryption of stored data
10.2 | keys.transit | Encryption of transmission
10.3 | keys.passwords + access.api-keys | Passwords are hashed
10.4 | keys.policy | Non-repudiation
10.5 | keys.customer + keys.module | Secrets
10.6 | keys.module + keys.transit | Roots of trust
11.1 | provider.sites | Physical perimeters
11.2 | provider.sites | Physical access
11.3 | provider.sites | Dangers from outside
11.4 | provider.sites | Work in private and sensitive areas
11.5 | provider.sites | Areas of delivery
11.6 | provider.sites | Cabling
11.7 | provider.hardware | Maintenance of hardware
11.8 | provider.hardware | Removal of assets
11.9 | provider.hardware | Recycling of hardware
11.10 | provider.hardware | Hardware that waits
12.1 | organisation.management + operations.guide | Procedures of operation
12.2 | organisation.development + change.upgrade | Changes
12.3 | organisation.development | Separation of environments
12.4 | content.no-scan | Malicious code
12.5 | operations.backup | Backups
12.6 | evidence.trail + evidence.records | Logs of events
12.7 | evidence.trail + evidence.retention | Protection of logs
12.8 | provider.time | Clocks
12.9 | evidence.collection + operations.alarms | Analysis of events
12.10 | operations.hardening | Installation of software
12.11 | operations.patches + change.vulnerabilities | Technical vulnerabilities
12.12 | access.account | Administration
12.13 | provider.staff | Remote diagnosis and maintenance of infrastructure
12.14 | network.isolated + network.egress + network.flow-logs | Outgoing traffic
13.1 | network.topology + place.inventory | Map of the information system
13.2 | network.isolated + access.tenants | Separation of networks
13.3 | evidence.collection + network.flow-logs | Monitoring of networks
14.1 | organisation.development + change.tests | Secure development
14.2 | organisation.development + change.guard | Control of changes
14.3 | organisation.development + change.tests | Review after changes of the platform
14.4 | organisation.development | Environment of development
14.5 | organisation.development | Development by others
14.6 | organisation.development + change.tests | Tests of security
14.7 | organisation.development | Test data
15.1 | organisation.suppliers + place.inventory | List of third parties
15.2 | organisation.suppliers | Security in agreements with them
15.3 | organisation.suppliers | Review of their services
15.4 | organisation.suppliers + evidence.settings-check | Changes of their services
15.5 | organisation.suppliers | Commitments to confidentiality
16.1 | organisation.incidents | Responsibilities for incidents
16.2 | organisation.incidents + operations.alarms | Reports of incidents
16.3 | organisation.incidents | Assessment of events
16.4 | organisation.incidents | Response to incidents
16.5 | organisation.incidents | Lessons of incidents
16.6 | organisation.incidents + evidence.trail | Collection of evidence
17.1 | organisation.continuity | Organisation of continuity
17.2 | organisation.continuity + operations.recovery | Implementation of continuity
17.3 | organisation.continuity + operations.recovery | Review of continuity
17.4 | place.zones + operations.recovery | Availability of means
17.5 | organisation.development + change.configuration + change.reproducible | Copies of the configuration
17.6 | operations.backup + content.export | Copies of customers' data
18.1 | organisation.contract | Laws and contracts that apply
18.2 | organisation.audit | Independent review
18.3 | organisation.audit + evidence.promises | Compliance with policies
18.4 | organisation.audit + change.guard | Technical compliance
19.1 | organisation.contract | Service agreement
19.2 | place.metadata + place.storage + place.processing | Location of data, technical data and administration
19.3 | operations.support | French interface and support
19.4 | content.closure + organisation.contract | End of contract
19.5 | content.privacy-duties | Personal data
19.6 | provider.secnumcloud + provider.us-law | Protection from law outside the EU
`),
};
