/** C5:2026: suppliers, incidents, continuity, compliance, authorities, the service itself. */
export const C5_SERVICE = `
SSO-01 | organisation.suppliers | Rules for suppliers
SSO-02 | organisation.suppliers | The risk of suppliers is assessed
SSO-03 | organisation.suppliers + place.processing + models.no-retention | What suppliers may do with data
SSO-04 | organisation.suppliers + place.inventory | The list of suppliers
SSO-05 | organisation.suppliers + evidence.settings-check | Suppliers are monitored
SSO-06 | organisation.suppliers + models.choice + content.export | How to leave a supplier
SSO-07 | organisation.suppliers + place.inventory | Suppliers are transparent about data and places
SSO-08 | organisation.suppliers + network.isolated + network.egress + access.least-privilege | What components of suppliers may reach
SIM-01 | organisation.incidents | Rules for security incidents
SIM-02 | organisation.incidents + operations.alarms | Plans for security incidents
SIM-03 | organisation.incidents + evidence.trail | Security incidents are assessed
SIM-04 | organisation.incidents + evidence.records | Security incidents are documented and reported
SIM-05 | organisation.incidents | Staff reports to one body
SIM-06 | organisation.incidents + operations.metrics | What is learned from incidents
BCM-01 | organisation.continuity | A management system for continuity
BCM-02 | organisation.continuity | The impact of failures is analysed
BCM-03 | organisation.continuity + operations.recovery | Plans for continuity
BCM-04 | organisation.continuity + operations.recovery | Plans are tested
COM-01 | organisation.contract + place.storage | Requirements of laws and contracts are known
COM-02 | organisation.audit | How audits are planned
COM-03 | organisation.audit + evidence.promises | Internal audits
COM-04 | organisation.management | Management is informed
INQ-01 | provider.requests | Requests of authorities are assessed by lawyers
INQ-02 | provider.requests | Customers are informed of requests
INQ-03 | provider.requests + keys.member | Only what is ordered is disclosed
INQ-04 | provider.requests + access.account | How data would be disclosed is documented
PSS-01 | operations.guide | Guidance for secure use
PSS-02 | change.attacks + change.tests | The service is tested for vulnerabilities
PSS-03 | change.vulnerabilities | Customers learn about vulnerabilities
PSS-04 | evidence.records + operations.metrics | Errors and logs that customers see
PSS-05 | access.second-factor + access.sign-in | Users authenticate strongly
PSS-06 | access.no-idle-limit + access.sessions | Sessions
PSS-07 | access.second-factor + access.api-keys | Passwords and their first use
PSS-08 | access.roles | Roles of users
PSS-09 | access.roles + access.tenants | Functions check permissions
PSS-10 | provider.separation + network.isolated | Networks defined by software
PSS-11 | operations.no-containers | Images of machines and containers
PSS-12 | place.storage + place.processing + place.country | The Region of storage and processing
`;
