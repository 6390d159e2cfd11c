/** C5:2026: operation. */
export const C5_OPERATION = `
OPS-01 | operations.capacity + operations.limits | Capacity is planned
OPS-02 | operations.capacity + operations.metrics + operations.alarms | Capacity is monitored
OPS-03 | operations.limits + operations.metrics | Customers control what they use
OPS-04 | organisation.management | Rules against malware
OPS-05 | content.no-scan + operations.hardening | Malware is detected on components
OPS-06 | organisation.continuity + operations.backup + content.retention | What is backed up, how often and for how long
OPS-07 | organisation.continuity + operations.recovery | Backups are monitored
OPS-08 | organisation.continuity + operations.recovery | Restoring is tested
OPS-09 | operations.recovery + keys.rotation | Copies are stored elsewhere and encrypted
OPS-10 | organisation.management + evidence.trail | Rules for logs and monitoring
OPS-11 | organisation.management + content.none-of-projects + evidence.records | Rules for derived data and account data
OPS-12 | evidence.retention + access.roles | Access to logs, their periods and deletion
OPS-13 | evidence.collection + evidence.trail | Events are evaluated centrally
OPS-14 | evidence.trail + evidence.retention | Logs are stored unchanged
OPS-15 | evidence.trail + evidence.records | Logs identify who accessed what
OPS-16 | evidence.trail + access.least-privilege | Logging components are protected
OPS-17 | organisation.incidents + operations.alarms + evidence.settings-check | Failures of monitoring are noticed
OPS-18 | organisation.management + change.vulnerabilities | How vulnerabilities are handled
OPS-19 | organisation.incidents + operations.alarms | How incidents and crashes are handled
OPS-20 | organisation.incidents + operations.alarms | Incidents are recorded, rated and closed
OPS-21 | organisation.incidents + operations.alarms | Crashes are noticed and worked on
OPS-22 | change.no-pentest + organisation.audit + change.attacks | Penetration tests every year
OPS-23 | organisation.management | The handling itself is measured
OPS-24 | organisation.incidents + operations.alarms | Customers learn about incidents
OPS-25 | organisation.audit + change.bill-of-materials | Scans for vulnerabilities every month
OPS-26 | operations.hardening | Components are hardened
OPS-27 | organisation.management + change.vulnerabilities | Rules for patches
OPS-28 | operations.patches + change.vulnerabilities + change.upgrade | Patches are deployed
OPS-29 | operations.patches + change.bill-of-materials + change.vulnerabilities | Components of others stay current
OPS-30 | organisation.management + access.tenants + keys.customer | Rules that separate customers' data
OPS-31 | access.tenants + keys.member | Customers' data is separated
OPS-32 | keys.plaintext | Rules for confidential computing
OPS-33 | keys.plaintext | Remote attestation
OPS-34 | operations.no-containers | Rules for containers
OPS-35 | operations.no-containers | Containers through their life
IAM-01 | access.account + access.roles | Rules for identities and permissions
IAM-02 | access.account + access.roles | Permissions are granted by a procedure
IAM-03 | access.account + access.revocation | Identities are locked and withdrawn
IAM-04 | access.account + access.revocation | Permissions follow a change of tasks
IAM-05 | access.account | Permissions are reviewed
IAM-06 | access.account + access.least-privilege | Privileged permissions
IAM-07 | provider.staff + keys.member + access.roles + evidence.trail | Access to the content of customers
IAM-08 | access.account + access.second-factor | Staff and components authenticate
IAM-09 | access.account + access.api-keys + access.second-factor | Secrets of authentication stay secret
`;
