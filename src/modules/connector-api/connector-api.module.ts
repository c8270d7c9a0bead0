import { Module } from '@nestjs/common';
import { ConnectionsModule } from '../connections/connections.module.js';
import { FlowRequestsModule } from '../flow-requests/flow-requests.module.js';
import { ConnectorCalls } from './connector-calls.js';
import { ConnectorDefinitionsController } from './definitions/connector-definitions.controller.js';
import { DatabasesController } from './databases.controller.js';
import { DatasetsService } from './datasets.service.js';
import { FileConnectionController } from './file-connection.controller.js';
import { FileCalls } from './file-calls.js';
import { FilePathsController } from './file-paths.controller.js';
import { FileTriggersController } from './file-triggers.controller.js';
import { FileWatches } from './file-watches.js';
import { FilesController } from './files.controller.js';
import { FoldersController } from './folders.controller.js';
import { HttpController } from './http.controller.js';
import { InvokeController } from './invoke.controller.js';
import { ItemsController } from './items.controller.js';
import { ProceduresController } from './procedures.controller.js';
import { QueryController } from './query.controller.js';
import { TablesController } from './tables.controller.js';
import { TriggersController } from './triggers.controller.js';

/** `/apim`: what Power Apps and Power Automate speak. Translates shapes and owns nothing. */
@Module({
  imports: [ConnectionsModule, FlowRequestsModule],
  controllers: [
    TablesController,
    ItemsController,
    QueryController,
    ProceduresController,
    DatabasesController,
    TriggersController,
    InvokeController,
    HttpController,
    FilesController,
    FilePathsController,
    FoldersController,
    FileTriggersController,
    FileConnectionController,
    ConnectorDefinitionsController,
  ],
  providers: [ConnectorCalls, DatasetsService, FileCalls, FileWatches],
})
export class ConnectorApiModule {}
