/** The criteria apart from the guard's rules, each as what holds if its rows are ok. */
export const CRITERIA: Readonly<Record<string, string>> = {
  'region.place': 'Each Region that is used or referred to is inside the boundary.',
  'tenant.place': 'Each workspace, and the projects, are deployed inside the boundary.',
  'tenant.network': "A tenant's gateway is in a VPC.",
  'store.place': 'Each store is inside the boundary of its stack.',
  'store.key': 'Each store is encrypted under a customer managed key that the template names.',
  'store.retention': 'Something ends the retention of the content of each store.',
  'store.trail': 'A trail that writes to a bucket of the templates records, under an object lock.',
  'key.place': 'Each key is inside the boundary.',
  'key.access':
    'The policies name every principal that can decrypt with a key, and there is a condition for any that names all.',
  'model.place': 'Each destination of requests is processed inside the boundary, by a statement that is recent enough.',
  'model.retention':
    'The provider of each destination retains nothing of a request, by a statement that is recent enough.',
  'model.life': 'No model of a destination ends soon.',
  'flow.place': 'Each Region that data may reach is inside the boundary.',
  'alarm.notifies': 'Each alarm has a recipient.',
  'live.key-access': 'In the account, the policies and grants name every principal that can decrypt with a key.',
  'drill.failover':
    'While a provider was out of use, other destinations of the model answered, no request failed, and then the provider answered again.',
  'exception-in-force': 'No exception permits what the guard finds.',
};
