import { Module } from '@nestjs/common';
import { ConnectionsModule } from '../connections/connections.module.js';
import { FlowRequestsModule } from '../flow-requests/flow-requests.module.js';
import { ConnectorCalls } from './connector-calls.js';
import { DatasetsService } from './datasets.service.js';
import { FileCalls } from './file-calls.js';
import { FilePathsController } from './file-paths.controller.js';
import { FilesController } from './files.controller.js';
import { HttpController } from './http.controller.js';
import { ItemsController } from './items.controller.js';
import { QueryController } from './query.controller.js';
import { TablesController } from './tables.controller.js';

/** `/apim`: what Power Apps and Power Automate speak. Translates shapes and owns nothing. */
@Module({
  imports: [ConnectionsModule, FlowRequestsModule],
  controllers: [
    TablesController,
    ItemsController,
    QueryController,
    HttpController,
    FilesController,
    FilePathsController,
  ],
  providers: [ConnectorCalls, DatasetsService, FileCalls],
})
export class ConnectorApiModule {}
