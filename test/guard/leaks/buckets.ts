import { AWS_DOCS, type Samples } from './leak';

const REFERENCE = `${AWS_DOCS}/AWSCloudFormation/latest/TemplateReference`;
const foreign = 's3://exemple-foreign/out/';
const foreignArn = 'arn:aws:s3:::exemple-foreign';
const role = 'arn:aws:iam::111122223333:role/app';
const machine = (states: object) => ({
  RoleArn: role,
  DefinitionString: JSON.stringify({ StartAt: 'A', States: states }),
});
const call = (Resource: string, Parameters: object) =>
  machine({ A: { Type: 'Task', Resource, Parameters, End: true } });
const pipeline = (step: object, parameters: object[] = []) => ({
  PipelineName: 'p',
  RoleArn: role,
  PipelineDefinition: {
    PipelineDefinitionBody: JSON.stringify({ Version: '2020-12-01', Parameters: parameters, Steps: [step] }),
  },
});
const training = (S3OutputPath: unknown) => ({
  Name: 'Train',
  Type: 'Training',
  Arguments: { OutputDataConfig: { S3OutputPath } },
});
const session = (s3BucketName: string) => ({
  DocumentType: 'Session',
  Content: { schemaVersion: '1.0', sessionType: 'Standard_Stream', inputs: { s3BucketName, s3KeyPrefix: 'sessions' } },
});
const supplement = (URI: unknown) => ({
  Name: 'k',
  RoleArn: role,
  KnowledgeBaseConfiguration: {
    Type: 'VECTOR',
    VectorKnowledgeBaseConfiguration: {
      EmbeddingModelArn: 'arn:aws:bedrock:eu-central-1::foundation-model/amazon.titan-embed-text-v2:0',
      SupplementalDataStorageConfiguration: {
        SupplementalDataStorageLocations: [{ SupplementalDataStorageLocationType: 'S3', S3Location: { URI } }],
      },
    },
  },
});
const MACHINE = 'AWS::StepFunctions::StateMachine';
const TASKS = `${AWS_DOCS}/step-functions/latest/dg/supported-services-awssdk.html`;
const PIPELINES = `${AWS_DOCS}/sagemaker/latest/dg/build-and-manage-steps.html`;
const OWN = { Resources: { Own: { Type: 'AWS::S3::Bucket' } } };

/** Buckets to which a service writes, in properties and in documents inside them. */
export const BUCKET_LEAKS: Samples = {
  'a knowledge base stores images in an unknown bucket': {
    source: `${REFERENCE}/aws-properties-bedrock-knowledgebase-s3location.html`,
    type: 'AWS::Bedrock::KnowledgeBase',
    properties: supplement('s3://exemple-foreign'),
  },
  'a data source stores intermediate content in an unknown bucket': {
    source: `${REFERENCE}/aws-properties-bedrock-datasource-intermediatestorage.html`,
    type: 'AWS::Bedrock::DataSource',
    properties: {
      DataSourceConfiguration: { Type: 'S3', S3Configuration: { BucketArn: { 'Fn::GetAtt': ['Own', 'Arn'] } } },
      VectorIngestionConfiguration: {
        CustomTransformationConfiguration: {
          IntermediateStorage: { S3Location: { URI: foreign } },
          Transformations: [],
        },
      },
    },
    around: OWN,
  },
  'asynchronous inference writes failures to an unknown bucket': {
    source: `${REFERENCE}/aws-properties-sagemaker-endpointconfig-asyncinferenceoutputconfig.html`,
    type: 'AWS::SageMaker::EndpointConfig',
    properties: { AsyncInferenceConfig: { OutputConfig: { S3FailurePath: foreign } } },
  },
  'an inference experiment stores requests in an unknown bucket': {
    source: `${REFERENCE}/aws-properties-sagemaker-inferenceexperiment-datastorageconfig.html`,
    type: 'AWS::SageMaker::InferenceExperiment',
    properties: { Name: 'e', Type: 'ShadowMode', RoleArn: role, DataStorageConfig: { Destination: foreign } },
  },
  'a function sends failed events to an unknown bucket': {
    source: `${REFERENCE}/aws-properties-lambda-eventinvokeconfig-onfailure.html`,
    type: 'AWS::Lambda::EventInvokeConfig',
    properties: {
      FunctionName: 'f',
      Qualifier: '$LATEST',
      DestinationConfig: { OnFailure: { Destination: foreignArn } },
    },
  },
  'an event source sends failed batches to an unknown bucket': {
    source: `${REFERENCE}/aws-properties-lambda-eventsourcemapping-onfailure.html`,
    type: 'AWS::Lambda::EventSourceMapping',
    properties: { FunctionName: 'f', DestinationConfig: { OnFailure: { Destination: foreignArn } } },
  },
  'EMR Studio backs notebooks up to an unknown bucket': {
    source: `${REFERENCE}/aws-resource-emr-studio.html`,
    type: 'AWS::EMR::Studio',
    properties: { Name: 's', AuthMode: 'IAM', DefaultS3Location: foreign },
  },
  'Audit Manager stores reports in an unknown bucket': {
    source: `${REFERENCE}/aws-properties-auditmanager-assessment-assessmentreportsdestination.html`,
    type: 'AWS::AuditManager::Assessment',
    properties: { AssessmentReportsDestination: { DestinationType: 'S3', Destination: 's3://exemple-foreign' } },
  },
  'Entity Resolution stores intermediate data in an unknown bucket': {
    source: `${REFERENCE}/aws-properties-entityresolution-matchingworkflow-intermediatesourceconfiguration.html`,
    type: 'AWS::EntityResolution::MatchingWorkflow',
    properties: {
      ResolutionTechniques: {
        ResolutionType: 'PROVIDER',
        ProviderProperties: { IntermediateSourceConfiguration: { IntermediateS3Path: foreign } },
      },
    },
  },
  'a run cache of HealthOmics is in an unknown bucket': {
    source: `${REFERENCE}/aws-resource-omics-runcache.html`,
    type: 'AWS::Omics::RunCache',
    properties: { CacheBehavior: 'CACHE_ALWAYS', CacheS3Location: foreign },
  },
  'a sequence store logs access to an unknown bucket': {
    source: `${REFERENCE}/aws-resource-omics-sequencestore.html`,
    type: 'AWS::Omics::SequenceStore',
    properties: { Name: 's', AccessLogLocation: foreign },
  },
  'a graph is exported to an unknown bucket on its import': {
    source: `${AWS_DOCS}/neptune-analytics/latest/apiref/API_NeptuneImportOptions.html`,
    type: 'AWS::NeptuneGraph::Graph',
    properties: {
      ProvisionedMemory: 32,
      ImportTask: { ImportOptions: { Neptune: { S3ExportPath: foreign } } },
    },
  },
  'a schema conversion stores its project in an unknown bucket': {
    source: `${REFERENCE}/aws-resource-dms-migrationproject.html`,
    type: 'AWS::DMS::MigrationProject',
    properties: { SchemaConversionApplicationAttributes: { S3BucketPath: foreign, S3BucketRoleArn: role } },
  },
  'DataBrew unloads a table to an unknown bucket': {
    source: `${REFERENCE}/aws-properties-databrew-dataset-databaseinputdefinition.html`,
    type: 'AWS::DataBrew::Dataset',
    properties: {
      Name: 'd',
      Input: {
        DatabaseInputDefinition: { GlueConnectionName: 'g', TempDirectory: { Bucket: 'exemple-foreign', Key: 't/' } },
      },
    },
  },
  'a TwinMaker workspace stores its resources in an unknown bucket': {
    source: `${REFERENCE}/aws-resource-iottwinmaker-workspace.html`,
    type: 'AWS::IoTTwinMaker::Workspace',
    properties: { WorkspaceId: 'w', Role: role, S3Location: foreignArn },
  },
  'a clean room writes query results to an unknown bucket': {
    source: `${REFERENCE}/aws-properties-cleanrooms-configuredtable-athenatablereference.html`,
    type: 'AWS::CleanRooms::ConfiguredTable',
    properties: {
      Name: 't',
      TableReference: { Athena: { DatabaseName: 'd', TableName: 't', WorkGroup: 'w', OutputLocation: foreign } },
    },
  },
  'a service network logs access to an unknown bucket': {
    source: `${REFERENCE}/aws-resource-vpclattice-accesslogsubscription.html`,
    type: 'AWS::VpcLattice::AccessLogSubscription',
    properties: { ResourceIdentifier: 'sn-1', DestinationArn: foreignArn },
  },
  'a firewall logs to an unknown bucket': {
    source: `${REFERENCE}/aws-properties-networkfirewall-loggingconfiguration-logdestinationconfig.html`,
    type: 'AWS::NetworkFirewall::LoggingConfiguration',
    properties: {
      FirewallArn: 'arn:aws:network-firewall:eu-central-1:111122223333:firewall/f',
      LoggingConfiguration: {
        LogDestinationConfigs: [
          { LogType: 'FLOW', LogDestinationType: 'S3', LogDestination: { bucketName: 'exemple-foreign' } },
        ],
      },
    },
  },
  'users of an SFTP server upload to an unknown bucket': {
    source: `${REFERENCE}/aws-resource-transfer-user.html`,
    type: 'AWS::Transfer::User',
    properties: { ServerId: 's-1', UserName: 'u', Role: role, HomeDirectory: '/exemple-foreign/home/u' },
  },
  'a job uses a temporary directory in an unknown bucket': {
    source: `${AWS_DOCS}/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html`,
    type: 'AWS::Glue::Job',
    properties: { Role: role, Command: { Name: 'glueetl' }, DefaultArguments: { '--TempDir': foreign } },
  },
  'a connector of Kafka writes to an unknown bucket': {
    source: `${AWS_DOCS}/msk/latest/developerguide/mkc-s3sink-connector-example.html`,
    type: 'AWS::KafkaConnect::Connector',
    properties: {
      ConnectorConfiguration: { 'connector.class': 'S3SinkConnector', 's3.bucket.name': 'exemple-foreign' },
    },
  },
  'a session document logs to an unknown bucket': {
    source: `${AWS_DOCS}/systems-manager/latest/userguide/session-manager-schema.html`,
    type: 'AWS::SSM::Document',
    properties: session('exemple-foreign'),
  },
  'a session document as text logs to an unknown bucket': {
    source: `${AWS_DOCS}/systems-manager/latest/userguide/session-manager-schema.html`,
    type: 'AWS::SSM::Document',
    properties: { ...session(''), Content: JSON.stringify(session('exemple-foreign').Content) },
  },
  'a pipeline writes a model to an unknown bucket': {
    source: PIPELINES,
    type: 'AWS::SageMaker::Pipeline',
    properties: pipeline(training(foreign)),
  },
  'a pipeline writes to a bucket in the default of a parameter': {
    source: PIPELINES,
    type: 'AWS::SageMaker::Pipeline',
    properties: pipeline(training({ Get: 'Parameters.Out' }), [{ Name: 'Out', Type: 'String', DefaultValue: foreign }]),
  },
  'a pipeline writes processed data to an unknown bucket': {
    source: PIPELINES,
    type: 'AWS::SageMaker::Pipeline',
    properties: pipeline({
      Name: 'Process',
      Type: 'Processing',
      Arguments: { ProcessingOutputConfig: { Outputs: [{ OutputName: 'o', S3Output: { S3Uri: foreign } }] } },
    }),
  },
  'a state machine puts an object into an unknown bucket': {
    source: TASKS,
    type: MACHINE,
    properties: call('arn:aws:states:::aws-sdk:s3:putObject', { Bucket: 'exemple-foreign', Key: 'k', 'Body.$': '$.b' }),
  },
  'a state machine copies an object to an unknown bucket': {
    source: TASKS,
    type: MACHINE,
    properties: call('arn:aws:states:::aws-sdk:s3:copyObject', {
      Bucket: 'exemple-foreign',
      CopySource: 'own/k',
      Key: 'k',
    }),
  },
  'a state machine starts a batch of invocations that writes to an unknown bucket': {
    source: `${AWS_DOCS}/bedrock/latest/APIReference/API_CreateModelInvocationJob.html`,
    type: MACHINE,
    properties: call('arn:aws:states:::aws-sdk:bedrock:createModelInvocationJob', {
      JobName: 'j',
      ModelId: 'eu.anthropic.claude-sonnet-4-6',
      OutputDataConfig: { S3OutputDataConfig: { S3Uri: foreign } },
    }),
  },
  'a state machine queries Athena into an unknown bucket': {
    source: `${AWS_DOCS}/step-functions/latest/dg/connect-athena.html`,
    type: MACHINE,
    properties: call('arn:aws:states:::athena:startQueryExecution.sync', {
      QueryString: 'SELECT 1',
      ResultConfiguration: { OutputLocation: foreign },
    }),
  },
  'a distributed map writes its results to an unknown bucket': {
    source: `${AWS_DOCS}/step-functions/latest/dg/input-output-resultwriter.html`,
    type: MACHINE,
    properties: machine({
      A: {
        Type: 'Map',
        ItemProcessor: { StartAt: 'B', States: { B: { Type: 'Pass', End: true } } },
        ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'exemple-foreign' } },
        End: true,
      },
    }),
  },
  'a state machine writes to a bucket that its input names': {
    source: TASKS,
    type: MACHINE,
    properties: call('arn:aws:states:::aws-sdk:s3:putObject', { 'Bucket.$': '$.bucket', Key: 'k' }),
  },
};

/** Buckets that are read, buckets of the app, and names that are no buckets. */
export const BUCKET_NEAR_MISSES: Samples = {
  'a knowledge base stores images in a bucket of the app': {
    source: `${REFERENCE}/aws-properties-bedrock-knowledgebase-s3location.html`,
    type: 'AWS::Bedrock::KnowledgeBase',
    properties: supplement({ 'Fn::Sub': 's3://${Own}' }),
    around: OWN,
  },
  'a knowledge base reads an unknown bucket': {
    source: `${REFERENCE}/aws-properties-bedrock-datasource-s3datasourceconfiguration.html`,
    type: 'AWS::Bedrock::DataSource',
    properties: { DataSourceConfiguration: { Type: 'S3', S3Configuration: { BucketArn: foreignArn } } },
  },
  'a function sends failed events to a queue of the app': {
    source: `${REFERENCE}/aws-properties-lambda-eventinvokeconfig-onfailure.html`,
    type: 'AWS::Lambda::EventInvokeConfig',
    properties: {
      FunctionName: 'f',
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Queue', 'Arn'] } } },
    },
    around: { Resources: { Queue: { Type: 'AWS::SQS::Queue' } } },
  },
  'a function sends failed events to a queue in the EU': {
    source: `${REFERENCE}/aws-properties-lambda-eventinvokeconfig-onfailure.html`,
    type: 'AWS::Lambda::EventInvokeConfig',
    properties: {
      FunctionName: 'f',
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:eu-west-1:111122223333:failed' } },
    },
  },
  'a firewall logs to a group': {
    source: `${REFERENCE}/aws-properties-networkfirewall-loggingconfiguration-logdestinationconfig.html`,
    type: 'AWS::NetworkFirewall::LoggingConfiguration',
    properties: {
      FirewallArn: 'arn:aws:network-firewall:eu-central-1:111122223333:firewall/f',
      LoggingConfiguration: {
        LogDestinationConfigs: [
          { LogType: 'FLOW', LogDestinationType: 'CloudWatchLogs', LogDestination: { logGroup: 'flows' } },
        ],
      },
    },
  },
  'users of an SFTP server upload to a file system': {
    source: `${REFERENCE}/aws-resource-transfer-user.html`,
    type: 'AWS::Transfer::User',
    properties: { ServerId: 's-1', UserName: 'u', Role: role, HomeDirectory: '/fs-0123456789abcdef0/home/u' },
  },
  'users of an SFTP server see a root that maps to a bucket of the app': {
    source: `${REFERENCE}/aws-resource-transfer-user.html`,
    type: 'AWS::Transfer::User',
    properties: {
      ServerId: 's-1',
      UserName: 'u',
      Role: role,
      HomeDirectory: '/',
      HomeDirectoryMappings: [{ Entry: '/', Target: { 'Fn::Sub': '/${Own}/u' } }],
    },
    around: OWN,
  },
  'a session document logs to a group only': {
    source: `${AWS_DOCS}/systems-manager/latest/userguide/session-manager-schema.html`,
    type: 'AWS::SSM::Document',
    properties: session(''),
  },
  'a state machine reads an object of an unknown bucket': {
    source: TASKS,
    type: MACHINE,
    properties: call('arn:aws:states:::aws-sdk:s3:getObject', { Bucket: 'exemple-foreign', Key: 'k' }),
  },
  'a state machine puts an object into a bucket of the app': {
    source: TASKS,
    type: MACHINE,
    properties: {
      RoleArn: role,
      DefinitionString: {
        'Fn::Sub': call('arn:aws:states:::aws-sdk:s3:putObject', { Bucket: '${Own}', Key: 'k' }).DefinitionString,
      },
    },
    around: OWN,
  },
  'a pipeline reads an unknown bucket': {
    source: PIPELINES,
    type: 'AWS::SageMaker::Pipeline',
    properties: pipeline({
      Name: 'Train',
      Type: 'Training',
      Arguments: { InputDataConfig: [{ DataSource: { S3DataSource: { S3Uri: 's3://exemple-foreign/in' } } }] },
    }),
  },
  'a pipeline writes to a bucket of the app': {
    source: PIPELINES,
    type: 'AWS::SageMaker::Pipeline',
    properties: {
      PipelineName: 'p',
      RoleArn: role,
      PipelineDefinition: {
        PipelineDefinitionBody: {
          'Fn::Sub': pipeline(training('s3://${Own}/out')).PipelineDefinition.PipelineDefinitionBody,
        },
      },
    },
    around: OWN,
  },
};
