import { deflateSync, gzipSync } from 'node:zlib';
import { testClass } from './test-class';

const base64 = (text: string | Buffer) => Buffer.from(text as string).toString('base64');
/** As `base64` and MIME wrap it. */
const wrapped = (text: string | Buffer) => base64(text).replace(/.{76}/g, '$&\n');
const indented = (text: string) => text.replace(/^/gm, '      ');

const FAR = '#!/bin/bash\naws s3 cp /var/lib/app/orders.db s3://orders --region us-east-1\n';
const NEAR = '#!/bin/bash\naws s3 cp /var/lib/app/orders.db s3://orders --region eu-west-1\n';
const LONG = `#!/bin/bash\n${'echo preparing the machine\n'.repeat(9)}${FAR}`;

const instance = (script: unknown) => ({
  type: 'AWS::EC2::Instance',
  properties: { ImageId: 'ami-1', UserData: { 'Fn::Base64': script } },
});
const packed = (UserData: string) => ({ type: 'AWS::EC2::Instance', properties: { ImageId: 'ami-1', UserData } });
const cloudConfig = (encoding: string, content: string) =>
  instance(
    `#cloud-config\nwrite_files:\n  - path: /etc/app.conf\n    encoding: ${encoding}\n    content: |\n${indented(content)}\n    owner: root\n`,
  );

testClass('text in Base64', {
  leaks: {
    'a start script of a notebook': {
      type: 'AWS::SageMaker::NotebookInstanceLifecycleConfig',
      properties: { OnStart: [{ Content: base64(FAR) }] },
    },
    'a start script of Studio': {
      type: 'AWS::SageMaker::StudioLifecycleConfig',
      properties: {
        StudioLifecycleConfigName: 'start',
        StudioLifecycleConfigAppType: 'JupyterLab',
        StudioLifecycleConfigContent: base64(FAR),
      },
    },
    "a broker's configuration": {
      type: 'AWS::AmazonMQ::Configuration',
      properties: {
        EngineType: 'ACTIVEMQ',
        EngineVersion: '5.18',
        Name: 'broker',
        Data: base64('<networkConnector uri="static:(ssl://b-1.mq.us-east-1.amazonaws.com:61617)"/>'),
      },
    },
    'user data of Image Builder': {
      type: 'AWS::ImageBuilder::ImageRecipe',
      properties: { AdditionalInstanceConfiguration: { UserDataOverride: base64(FAR) } },
    },
    'a file of cloud-init': cloudConfig('b64', base64(FAR)),
    'a file of cloud-init in several lines': cloudConfig('base64', wrapped(LONG)),
    'a compressed file of cloud-init': cloudConfig('gz+b64', base64(gzipSync(FAR))),
    'a part of a MIME message': instance(
      `Content-Type: multipart/mixed; boundary="=="\n\n--==\nContent-Type: text/x-shellscript\nContent-Transfer-Encoding: base64\n\n${wrapped(LONG)}\n--==--\n`,
    ),
    'a script decoded by a shell': instance(`#!/bin/bash\necho ${base64(FAR)} | base64 -d | bash\n`),
    'a heredoc decoded by a shell': instance(`#!/bin/bash\nbase64 -d <<EOF | bash\n${wrapped(LONG).trim()}\nEOF\n`),
    'a Region decoded by a shell': instance(
      `#!/bin/bash\nexport AWS_REGION=$(echo ${base64('us-east-1')} | base64 -d)\n`,
    ),
    'code that decodes a host': {
      type: 'AWS::Lambda::Function',
      properties: {
        Code: {
          ZipFile: `exports.handler = (e) => fetch(Buffer.from('${base64('https://sqs.us-east-1.amazonaws.com')}', 'base64'), e);`,
        },
      },
    },
    "PowerShell's encoded command": instance(
      `<powershell>powershell -EncodedCommand ${Buffer.from('Set-DefaultAWSRegion us-east-1', 'utf16le').toString('base64')}</powershell>`,
    ),
    'rules of Prometheus': {
      type: 'AWS::APS::RuleGroupsNamespace',
      properties: { Name: 'rules', Data: base64('groups:\n  - name: us-east-1\n') },
    },
    'compressed user data': packed(base64(gzipSync(FAR))),
    'text that is encoded twice': packed(
      base64(`#!/bin/bash\neval "$(echo ${base64(base64(FAR))} | base64 -d | base64 -d)"\n`),
    ),
    'compressed user data within a template': {
      type: 'AWS::EC2::LaunchTemplate',
      properties: { LaunchTemplateData: { UserData: { 'Fn::Sub': base64(gzipSync(FAR)) } } },
    },
    'more layers than a person writes': packed(
      Array.from({ length: 9 }).reduce<string>((text) => base64(gzipSync(text)), base64(FAR)),
    ),
    'user data in parts of a list': {
      type: 'AWS::SageMaker::NotebookInstanceLifecycleConfig',
      properties: { OnCreate: [{ Content: { 'Fn::Join': ['', [base64(FAR).slice(0, 24), base64(FAR).slice(24)]] } }] },
    },
  },
  nearMisses: {
    'a start script that stays inside': {
      type: 'AWS::SageMaker::NotebookInstanceLifecycleConfig',
      properties: { OnStart: [{ Content: base64(NEAR) }] },
    },
    'compressed user data that stays inside': packed(base64(gzipSync(NEAR))),
    'a file of cloud-init that stays inside': cloudConfig('gz+b64', base64(gzipSync(NEAR))),
    'long names of CloudFormation': {
      type: 'AWS::IAM::Role',
      properties: {
        RoleName: 'ApplicationAutoScalingForAmazonAppStreamAccess',
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
      },
    },
    'a digest': {
      type: 'AWS::SSM::Parameter',
      properties: { Type: 'String', Value: 'q83vASNFZ4mrze8BI0VniavN7wEjRWeJ' },
    },
    'binary data that holds the name of a Region': {
      type: 'AWS::SSM::Parameter',
      properties: {
        Type: 'String',
        Value: base64(Buffer.concat([Buffer.from([0, 1, 2, 255]), Buffer.from('us-east-1')])),
      },
    },
    'other compressed data': {
      type: 'AWS::SSM::Parameter',
      properties: { Type: 'String', Value: base64(deflateSync('some application data')) },
    },
    'a certificate': {
      type: 'AWS::SSM::Parameter',
      properties: {
        Type: 'String',
        Value: `-----BEGIN CERTIFICATE-----\n${wrapped(Buffer.from([0x30, 0x82, 5, 1, ...Buffer.from('crl.us-east-1.amazonaws.com'.repeat(9))]))}\n-----END CERTIFICATE-----`,
      },
    },
  },
});
