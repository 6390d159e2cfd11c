/** The services of CloudFormation behind the first words of a type of the provider, where their names differ. */
const SERVICES: Readonly<Record<string, readonly string[]>> = {
  acm: ['CertificateManager'],
  api_gateway: ['ApiGateway'],
  appautoscaling: ['ApplicationAutoScaling'],
  bedrockagent: ['Bedrock'],
  bedrockagentcore: ['BedrockAgentCore'],
  ce: ['CE'],
  cloudcontrolapi: ['CloudFormation'],
  cloudwatch: ['CloudWatch'],
  cloudwatch_event: ['Events'],
  cloudwatch_log: ['Logs'],
  cloudwatch_query: ['Logs'],
  cognito: ['Cognito'],
  customerprofiles: ['CustomerProfiles'],
  datapipeline: ['DataPipeline'],
  dax: ['DAX'],
  db: ['RDS'],
  default: ['EC2'],
  directory_service: ['DirectoryService'],
  docdb: ['DocDB'],
  dx: ['DirectConnect'],
  ebs: ['EC2'],
  ec2: ['EC2'],
  ecrpublic: ['ECR'],
  elastic_beanstalk: ['ElasticBeanstalk'],
  elb: ['ElasticLoadBalancing'],
  finspace: ['FinSpace'],
  fis: ['FIS'],
  glacier: ['S3'],
  iam: ['IAM'],
  identitystore: ['IdentityStore'],
  imagebuilder: ['ImageBuilder'],
  kinesis: ['Kinesis'],
  kinesis_analytics: ['KinesisAnalytics'],
  kinesis_firehose: ['KinesisFirehose'],
  kinesisanalyticsv2: ['KinesisAnalyticsV2'],
  lb: ['ElasticLoadBalancingV2'],
  alb: ['ElasticLoadBalancingV2'],
  lexv2models: ['Lex'],
  lex: ['Lex'],
  load_balancer: ['ElasticLoadBalancing'],
  location: ['Location'],
  macie2: ['Macie'],
  media_convert: ['MediaConvert'],
  media_package: ['MediaPackage'],
  media_packagev2: ['MediaPackageV2'],
  mq: ['AmazonMQ'],
  msk: ['MSK'],
  mskconnect: ['KafkaConnect'],
  mwaa: ['MWAA'],
  networkmanager: ['NetworkManager'],
  networkmonitor: ['NetworkManager'],
  opensearch: ['OpenSearchService'],
  opensearchserverless: ['OpenSearchServerless'],
  osis: ['OSIS'],
  prometheus: ['APS'],
  qldb: ['QLDB'],
  ram: ['RAM'],
  rds: ['RDS'],
  redshiftdata: ['Redshift'],
  route53: ['Route53'],
  route53domains: ['Route53'],
  route53_resolver: ['Route53Resolver'],
  route53recoverycontrolconfig: ['Route53RecoveryControl'],
  route53recoveryreadiness: ['Route53RecoveryReadiness'],
  s3: ['S3'],
  s3control: ['S3'],
  s3outposts: ['S3Outposts'],
  s3tables: ['S3Tables'],
  s3vectors: ['S3Vectors'],
  schemas: ['EventSchemas'],
  sagemaker: ['SageMaker'],
  serverlessapplicationrepository: ['Serverless'],
  service_discovery: ['ServiceDiscovery'],
  servicecatalogappregistry: ['ServiceCatalogAppRegistry'],
  ses: ['SES'],
  sesv2: ['SES'],
  sfn: ['StepFunctions'],
  ssmcontacts: ['SSMContacts'],
  ssmincidents: ['SSMIncidents'],
  ssoadmin: ['SSO'],
  synthetics: ['Synthetics'],
  timestreamwrite: ['Timestream'],
  timestreamquery: ['Timestream'],
  timestreaminfluxdb: ['Timestream'],
  transcribe: ['Transcribe'],
  verifiedaccess: ['EC2'],
  verifiedpermissions: ['VerifiedPermissions'],
  vpc: ['EC2'],
  vpclattice: ['VpcLattice'],
  waf: ['WAF'],
  wafregional: ['WAFRegional'],
  wafv2: ['WAFv2'],
  workspaces: ['WorkSpaces'],
  workspacesweb: ['WorkSpacesWeb'],
};

const plain = (text: string) => text.replaceAll('_', '').toLowerCase();

/** The CloudFormation type, without `AWS::`, that has the name of a type of the provider. */
export function namesake(type: string, services: ReadonlyMap<string, readonly string[]>): string | undefined {
  const all = splits(type, services);
  const whole = type.replace(/^aws_/, '');
  // EC2's names have all words of the provider's: a verified access instance isn't an instance.
  const ofEc2 = all.filter(({ service, rest }) => service === 'EC2' && rest === whole);
  for (const { service, rest } of [...ofEc2, ...all]) {
    const names = services.get(service) ?? [];
    const full = plain(rest);
    const found = names.find((name) => {
      const other = name.toLowerCase();
      return (
        other === full || other === `${full}s` || `${other}s` === full || `${service.toLowerCase()}${full}` === other
      );
    });
    if (found !== undefined) return `${service}::${found}`;
  }
  return undefined;
}

/** The services that a type may belong to, by its first words. */
export function servicesOf(type: string, services: ReadonlyMap<string, readonly string[]>): string[] {
  return [...new Set(splits(type, services).map(({ service }) => service))];
}

function splits(type: string, services: ReadonlyMap<string, readonly string[]>) {
  const words = type.replace(/^aws_/, '').split('_');
  const byName = new Map([...services.keys()].map((service) => [service.toLowerCase(), service]));
  const found: { service: string; rest: string }[] = [];
  for (let count = Math.min(3, words.length); count > 0; count--) {
    const prefix = words.slice(0, count).join('_');
    const rest = words.slice(count).join('_');
    for (const service of [...(SERVICES[prefix] ?? []), byName.get(plain(prefix))])
      if (service !== undefined && services.has(service)) found.push({ service, rest });
  }
  if (services.has('EC2')) found.push({ service: 'EC2', rest: words.join('_') });
  return found;
}
