// Generated from docs/openapi/tidegate.json by `npm run docs:openapi`; a test keeps them together.
export type paths = {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Portal: root
         * @description The admin portal: files, and where to sign in. Everything that it shows comes from the API, with the person's rights.
         */
        get: operations["portal.root"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Agent diagnosis: list connections
         * @description What members need to look at their machines, and to tell what they saw.
         */
        get: operations["agentDiagnosis.listConnections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/diagnoses/{diagnosisId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Agent diagnosis: report
         * @description What members need to look at their machines, and to tell what they saw.
         */
        put: operations["agentDiagnosis.report"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/discovery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Discovery: get
         * @description What an agent needs to know before it is anybody.
         */
        get: operations["discovery.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/gateways": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Admissions: find
         * @description What somebody at a machine calls to make it a member of a gateway that exists.
         */
        get: operations["admissions.find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/gateways/{gatewayId}/challenges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Admissions: challenge
         * @description What somebody at a machine calls to make it a member of a gateway that exists.
         */
        post: operations["admissions.challenge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/gateways/{gatewayId}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Admissions: admit
         * @description What somebody at a machine calls to make it a member of a gateway that exists.
         */
        post: operations["admissions.admit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/heartbeats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Membership: heartbeat
         * @description What a registered member calls. Public towards the user guard only: members have tokens of their own.
         */
        post: operations["membership.heartbeat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/log-tails/{logTailId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Agent diagnosis: report log tail
         * @description What members need to look at their machines, and to tell what they saw.
         */
        put: operations["agentDiagnosis.reportLogTail"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/log-tails/{logTailId}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Agent diagnosis: add log lines
         * @description What members need to look at their machines, and to tell what they saw.
         */
        post: operations["agentDiagnosis.addLogLines"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Agent recovery: list
         * @description What a member calls about its gateway's recovery key and the other members.
         */
        get: operations["agentRecovery.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/membership": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Membership: unregister
         * @description What a registered member calls. Public towards the user guard only: members have tokens of their own.
         */
        delete: operations["membership.unregister"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/recovery/challenges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Agent recovery: challenge
         * @description What a member calls about its gateway's recovery key and the other members.
         */
        post: operations["agentRecovery.challenge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/recovery/drills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Agent recovery: drill
         * @description What a member calls about its gateway's recovery key and the other members.
         */
        post: operations["agentRecovery.drill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/recovery/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Agent recovery: change key
         * @description What a member calls about its gateway's recovery key and the other members.
         */
        put: operations["agentRecovery.changeKey"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/registrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Registrations: register */
        post: operations["registrations.register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/registrations/lookups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Registration lookups: find
         * @description Open to all, because the signed proof in the body says who calls.
         */
        post: operations["registrationLookups.find"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/releases/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Agent releases: offer
         * @description What a member loads that was told to update. Public towards the user guard only: members have tokens of their own.
         */
        get: operations["agentReleases.offer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/releases/{version}/package": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Agent releases: load
         * @description What a member loads that was told to update. Public towards the user guard only: members have tokens of their own.
         */
        get: operations["agentReleases.load"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/rotations/{rotationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Agent rotations: view
         * @description What members need while the sealing key of their gateway changes.
         */
        get: operations["agentRotations.view"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/rotations/{rotationId}/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Agent rotations: next
         * @description What members need while the sealing key of their gateway changes.
         */
        get: operations["agentRotations.next"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/rotations/{rotationId}/credentials/{connectionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Agent rotations: reseal
         * @description What members need while the sealing key of their gateway changes.
         */
        put: operations["agentRotations.reseal"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/rotations/{rotationId}/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Agent rotations: bring
         * @description What members need while the sealing key of their gateway changes.
         */
        put: operations["agentRotations.bring"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/rotations/{rotationId}/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Agent rotations: receive
         * @description What members need while the sealing key of their gateway changes.
         */
        post: operations["agentRotations.receive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/rotations/{rotationId}/unopened": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Agent rotations: unopened
         * @description What members need while the sealing key of their gateway changes.
         */
        get: operations["agentRotations.unopened"];
        put?: never;
        /**
         * Agent rotations: report
         * @description What members need while the sealing key of their gateway changes.
         */
        post: operations["agentRotations.report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Membership: session
         * @description What a registered member calls. Public towards the user guard only: members have tokens of their own.
         */
        get: operations["membership.session"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/session/moves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Membership: move
         * @description What a registered member calls. Public towards the user guard only: members have tokens of their own.
         */
        post: operations["membership.move"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tokens: issue
         * @description Open to all, because the signed assertion in the body says who calls.
         */
        post: operations["tokens.issue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/filesystem/{connectionId}/$metadata.json/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * File connection: dataset metadata
         * @description A connection to a folder as a whole.
         */
        get: operations["fileConnection.datasetMetadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/filesystem/{connectionId}/datasets/default/GetFileByPath": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * File paths: describe
         * @description Files and folders, named by path.
         */
        get: operations["filePaths.describe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/filesystem/{connectionId}/datasets/default/GetFileContentByPath": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * File paths: read
         * @description Files and folders, named by path.
         */
        get: operations["filePaths.read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/filesystem/{connectionId}/datasets/default/copyFile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Files: copy
         * @description Source and destination are in the same connection; the source is named by its id or its path.
         */
        post: operations["files.copy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/filesystem/{connectionId}/datasets/default/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Files: create
         * @description Files and folders, named by id. The ids are those of earlier answers.
         */
        post: operations["files.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/filesystem/{connectionId}/datasets/default/files/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Files: describe
         * @description Files and folders, named by id. The ids are those of earlier answers.
         */
        get: operations["files.describe"];
        /**
         * Files: replace
         * @description Files and folders, named by id. The ids are those of earlier answers.
         */
        put: operations["files.replace"];
        post?: never;
        /**
         * Files: remove
         * @description Files and folders, named by id. The ids are those of earlier answers.
         */
        delete: operations["files.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/filesystem/{connectionId}/datasets/default/files/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Files: read
         * @description Files and folders, named by id. The ids are those of earlier answers.
         */
        get: operations["files.read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/filesystem/{connectionId}/datasets/default/folders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Folders: list root
         * @description What is in a folder: as a plain list, as first clients want it, or page by page, as later ones do.
         */
        get: operations["folders.listRoot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/filesystem/{connectionId}/datasets/default/folders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Folders: list folder
         * @description What is in a folder: as a plain list, as first clients want it, or page by page, as later ones do.
         */
        get: operations["folders.listFolder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/filesystem/{connectionId}/datasets/default/foldersV2": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Folders: page root
         * @description What is in a folder: as a plain list, as first clients want it, or page by page, as later ones do.
         */
        get: operations["folders.pageRoot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/filesystem/{connectionId}/datasets/default/foldersV2/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Folders: page folder
         * @description What is in a folder: as a plain list, as first clients want it, or page by page, as later ones do.
         */
        get: operations["folders.pageFolder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/filesystem/{connectionId}/datasets/default/triggers/batch/onnewfile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * File triggers: on new files
         * @description Descriptions of new files, the oldest first.
         */
        get: operations["fileTriggers.onNewFiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/filesystem/{connectionId}/datasets/default/triggers/batch/onupdatedfile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * File triggers: on updated files
         * @description Descriptions of files that are new or were changed, the oldest first.
         */
        get: operations["fileTriggers.onUpdatedFiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/filesystem/{connectionId}/datasets/default/triggers/onnewfile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * File triggers: on new file
         * @description One new file, its content in the body and its description in headers; without content, the description in the body.
         */
        get: operations["fileTriggers.onNewFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/filesystem/{connectionId}/datasets/default/triggers/onupdatedfile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * File triggers: on updated file
         * @description One file that is new or was changed, handed over as a new one is.
         */
        get: operations["fileTriggers.onUpdatedFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/filesystem/{connectionId}/testconnection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * File connection: test
         * @description A connection to a folder as a whole.
         */
        get: operations["fileConnection.test"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/http/{connectionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        get: operations["http.pass.get"];
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        put: operations["http.pass.put"];
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        post: operations["http.pass.post"];
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        delete: operations["http.pass.delete"];
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        options: operations["http.pass.options"];
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        head: operations["http.pass.head"];
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        patch: operations["http.pass.patch"];
        trace?: never;
    };
    "/apim/http/{connectionId}/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        get: operations["http.pass.getPath"];
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        put: operations["http.pass.putPath"];
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        post: operations["http.pass.postPath"];
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        delete: operations["http.pass.deletePath"];
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        options: operations["http.pass.optionsPath"];
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        head: operations["http.pass.headPath"];
        /**
         * Http: pass
         * @description Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways.
         */
        patch: operations["http.pass.patchPath"];
        trace?: never;
    };
    "/apim/mysql/{connectionId}/servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Databases: servers
         * @description The server and the database that a connection leads to, each the only one.
         */
        get: operations["databases.servers.mysql"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/mysql/{connectionId}/testconnection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Databases: test
         * @description Signs in at the database with the stored credential.
         */
        get: operations["databases.test.mysql"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/mysql/{connectionId}/v2/$metadata.json/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables: dataset metadata
         * @description What a connection to a database has: its one dataset, the tables in it, and the description of each.
         */
        get: operations["tables.datasetMetadata.mysql"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/mysql/{connectionId}/v2/$metadata.json/datasets/{dataset}/procedures/{procedure}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Procedures: describe
         * @description Functions and procedures of a database.
         */
        get: operations["procedures.describe.mysql"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/mysql/{connectionId}/v2/$metadata.json/datasets/{dataset}/query/sql": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Query: describe
         * @description What a query takes and gives, as far as that can be told before it has run.
         */
        post: operations["query.describe.mysql"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/mysql/{connectionId}/v2/$metadata.json/datasets/{dataset}/tables/{table}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables: describe
         * @description What a connection to a database has: its one dataset, the tables in it, and the description of each.
         */
        get: operations["tables.describe.mysql"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/mysql/{connectionId}/v2/databases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Databases: databases
         * @description The server and the database that a connection leads to, each the only one.
         */
        get: operations["databases.databases.mysql"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/mysql/{connectionId}/v2/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables: list datasets
         * @description What a connection to a database has: its one dataset, the tables in it, and the description of each.
         */
        get: operations["tables.listDatasets.mysql"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/mysql/{connectionId}/v2/datasets/{dataset}/procedures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Procedures: list
         * @description Functions and procedures of a database.
         */
        get: operations["procedures.list.mysql"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/mysql/{connectionId}/v2/datasets/{dataset}/procedures/{procedure}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Procedures: run
         * @description Functions and procedures of a database.
         */
        post: operations["procedures.run.mysql"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/mysql/{connectionId}/v2/datasets/{dataset}/query/sql": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Query: query
         * @description Statements in the source's own language. They pass unread; their values travel beside them.
         */
        post: operations["query.query.mysql"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/mysql/{connectionId}/v2/datasets/{dataset}/tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables: list
         * @description What a connection to a database has: its one dataset, the tables in it, and the description of each.
         */
        get: operations["tables.list.mysql"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/mysql/{connectionId}/v2/datasets/{dataset}/tables/{table}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Items: list
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        get: operations["items.list.mysql"];
        put?: never;
        /**
         * Items: create
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        post: operations["items.create.mysql"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/mysql/{connectionId}/v2/datasets/{dataset}/tables/{table}/items/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Items: get
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        get: operations["items.get.mysql"];
        put?: never;
        post?: never;
        /**
         * Items: remove
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        delete: operations["items.remove.mysql"];
        options?: never;
        head?: never;
        /**
         * Items: update
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        patch: operations["items.update.mysql"];
        trace?: never;
    };
    "/apim/mysql/{connectionId}/v2/datasets/{dataset}/tables/{table}/onnewitems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Triggers: on new items
         * @description New rows, by the numbers of a key that a sequence draws, in their order. Each is handed out once. One whose transaction commits late is found as long as no hundred younger gaps in the numbers have opened meanwhile.
         */
        get: operations["triggers.onNewItems.mysql"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/mysql/{connectionId}/v2/datasets/{dataset}/tables/{table}/onupdateditems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Triggers: on updated items
         * @description New and changed rows, by the time of their last change, in its order. Each change is handed out once. One that is committed later than five minutes after its time, or after five hundred later ones, is not found.
         */
        get: operations["triggers.onUpdatedItems.mysql"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/odata/{connectionId}/servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Databases: servers
         * @description The server and the database that a connection leads to, each the only one.
         */
        get: operations["databases.servers.odata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/odata/{connectionId}/testconnection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Databases: test
         * @description Signs in at the database with the stored credential.
         */
        get: operations["databases.test.odata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/odata/{connectionId}/v2/$metadata.json/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables: dataset metadata
         * @description What a connection to a database has: its one dataset, the tables in it, and the description of each.
         */
        get: operations["tables.datasetMetadata.odata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/odata/{connectionId}/v2/$metadata.json/datasets/{dataset}/tables/{table}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables: describe
         * @description What a connection to a database has: its one dataset, the tables in it, and the description of each.
         */
        get: operations["tables.describe.odata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/odata/{connectionId}/v2/databases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Databases: databases
         * @description The server and the database that a connection leads to, each the only one.
         */
        get: operations["databases.databases.odata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/odata/{connectionId}/v2/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables: list datasets
         * @description What a connection to a database has: its one dataset, the tables in it, and the description of each.
         */
        get: operations["tables.listDatasets.odata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/odata/{connectionId}/v2/datasets/{dataset}/tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables: list
         * @description What a connection to a database has: its one dataset, the tables in it, and the description of each.
         */
        get: operations["tables.list.odata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/odata/{connectionId}/v2/datasets/{dataset}/tables/{table}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Items: list
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        get: operations["items.list.odata"];
        put?: never;
        /**
         * Items: create
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        post: operations["items.create.odata"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/odata/{connectionId}/v2/datasets/{dataset}/tables/{table}/items/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Items: get
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        get: operations["items.get.odata"];
        put?: never;
        post?: never;
        /**
         * Items: remove
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        delete: operations["items.remove.odata"];
        options?: never;
        head?: never;
        /**
         * Items: update
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        patch: operations["items.update.odata"];
        trace?: never;
    };
    "/apim/oracle/{connectionId}/servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Databases: servers
         * @description The server and the database that a connection leads to, each the only one.
         */
        get: operations["databases.servers.oracle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/oracle/{connectionId}/testconnection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Databases: test
         * @description Signs in at the database with the stored credential.
         */
        get: operations["databases.test.oracle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/oracle/{connectionId}/v2/$metadata.json/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables: dataset metadata
         * @description What a connection to a database has: its one dataset, the tables in it, and the description of each.
         */
        get: operations["tables.datasetMetadata.oracle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/oracle/{connectionId}/v2/$metadata.json/datasets/{dataset}/procedures/{procedure}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Procedures: describe
         * @description Functions and procedures of a database.
         */
        get: operations["procedures.describe.oracle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/oracle/{connectionId}/v2/$metadata.json/datasets/{dataset}/query/sql": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Query: describe
         * @description What a query takes and gives, as far as that can be told before it has run.
         */
        post: operations["query.describe.oracle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/oracle/{connectionId}/v2/$metadata.json/datasets/{dataset}/tables/{table}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables: describe
         * @description What a connection to a database has: its one dataset, the tables in it, and the description of each.
         */
        get: operations["tables.describe.oracle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/oracle/{connectionId}/v2/databases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Databases: databases
         * @description The server and the database that a connection leads to, each the only one.
         */
        get: operations["databases.databases.oracle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/oracle/{connectionId}/v2/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables: list datasets
         * @description What a connection to a database has: its one dataset, the tables in it, and the description of each.
         */
        get: operations["tables.listDatasets.oracle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/oracle/{connectionId}/v2/datasets/{dataset}/procedures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Procedures: list
         * @description Functions and procedures of a database.
         */
        get: operations["procedures.list.oracle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/oracle/{connectionId}/v2/datasets/{dataset}/procedures/{procedure}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Procedures: run
         * @description Functions and procedures of a database.
         */
        post: operations["procedures.run.oracle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/oracle/{connectionId}/v2/datasets/{dataset}/query/sql": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Query: query
         * @description Statements in the source's own language. They pass unread; their values travel beside them.
         */
        post: operations["query.query.oracle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/oracle/{connectionId}/v2/datasets/{dataset}/tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables: list
         * @description What a connection to a database has: its one dataset, the tables in it, and the description of each.
         */
        get: operations["tables.list.oracle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/oracle/{connectionId}/v2/datasets/{dataset}/tables/{table}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Items: list
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        get: operations["items.list.oracle"];
        put?: never;
        /**
         * Items: create
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        post: operations["items.create.oracle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/oracle/{connectionId}/v2/datasets/{dataset}/tables/{table}/items/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Items: get
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        get: operations["items.get.oracle"];
        put?: never;
        post?: never;
        /**
         * Items: remove
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        delete: operations["items.remove.oracle"];
        options?: never;
        head?: never;
        /**
         * Items: update
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        patch: operations["items.update.oracle"];
        trace?: never;
    };
    "/apim/oracle/{connectionId}/v2/datasets/{dataset}/tables/{table}/onnewitems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Triggers: on new items
         * @description New rows, by the numbers of a key that a sequence draws, in their order. Each is handed out once. One whose transaction commits late is found as long as no hundred younger gaps in the numbers have opened meanwhile.
         */
        get: operations["triggers.onNewItems.oracle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/oracle/{connectionId}/v2/datasets/{dataset}/tables/{table}/onupdateditems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Triggers: on updated items
         * @description New and changed rows, by the time of their last change, in its order. Each change is handed out once. One that is committed later than five minutes after its time, or after five hundred later ones, is not found.
         */
        get: operations["triggers.onUpdatedItems.oracle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/postgresql/{connectionId}/servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Databases: servers
         * @description The server and the database that a connection leads to, each the only one.
         */
        get: operations["databases.servers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/postgresql/{connectionId}/testconnection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Databases: test
         * @description Signs in at the database with the stored credential.
         */
        get: operations["databases.test"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/postgresql/{connectionId}/v2/$metadata.json/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables: dataset metadata
         * @description What a connection to a database has: its one dataset, the tables in it, and the description of each.
         */
        get: operations["tables.datasetMetadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/postgresql/{connectionId}/v2/$metadata.json/datasets/{dataset}/procedures/{procedure}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Procedures: describe
         * @description Functions and procedures of a database.
         */
        get: operations["procedures.describe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/postgresql/{connectionId}/v2/$metadata.json/datasets/{dataset}/query/sql": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Query: describe
         * @description What a query takes and gives, as far as that can be told before it has run.
         */
        post: operations["query.describe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/postgresql/{connectionId}/v2/$metadata.json/datasets/{dataset}/tables/{table}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables: describe
         * @description What a connection to a database has: its one dataset, the tables in it, and the description of each.
         */
        get: operations["tables.describe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/postgresql/{connectionId}/v2/databases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Databases: databases
         * @description The server and the database that a connection leads to, each the only one.
         */
        get: operations["databases.databases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/postgresql/{connectionId}/v2/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables: list datasets
         * @description What a connection to a database has: its one dataset, the tables in it, and the description of each.
         */
        get: operations["tables.listDatasets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/postgresql/{connectionId}/v2/datasets/{dataset}/procedures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Procedures: list
         * @description Functions and procedures of a database.
         */
        get: operations["procedures.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/postgresql/{connectionId}/v2/datasets/{dataset}/procedures/{procedure}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Procedures: run
         * @description Functions and procedures of a database.
         */
        post: operations["procedures.run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/postgresql/{connectionId}/v2/datasets/{dataset}/query/sql": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Query: query
         * @description Statements in the source's own language. They pass unread; their values travel beside them.
         */
        post: operations["query.query"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/postgresql/{connectionId}/v2/datasets/{dataset}/tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables: list
         * @description What a connection to a database has: its one dataset, the tables in it, and the description of each.
         */
        get: operations["tables.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/postgresql/{connectionId}/v2/datasets/{dataset}/tables/{table}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Items: list
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        get: operations["items.list"];
        put?: never;
        /**
         * Items: create
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        post: operations["items.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/postgresql/{connectionId}/v2/datasets/{dataset}/tables/{table}/items/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Items: get
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        get: operations["items.get"];
        put?: never;
        post?: never;
        /**
         * Items: remove
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        delete: operations["items.remove"];
        options?: never;
        head?: never;
        /**
         * Items: update
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        patch: operations["items.update"];
        trace?: never;
    };
    "/apim/postgresql/{connectionId}/v2/datasets/{dataset}/tables/{table}/onnewitems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Triggers: on new items
         * @description New rows, by the numbers of a key that a sequence draws, in their order. Each is handed out once. One whose transaction commits late is found as long as no hundred younger gaps in the numbers have opened meanwhile.
         */
        get: operations["triggers.onNewItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/postgresql/{connectionId}/v2/datasets/{dataset}/tables/{table}/onupdateditems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Triggers: on updated items
         * @description New and changed rows, by the time of their last change, in its order. Each change is handed out once. One that is committed later than five minutes after its time, or after five hundred later ones, is not found.
         */
        get: operations["triggers.onUpdatedItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sftp/{connectionId}/$metadata.json/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * File connection: dataset metadata
         * @description A connection to a folder as a whole.
         */
        get: operations["fileConnection.datasetMetadata.sftp"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sftp/{connectionId}/datasets/default/GetFileByPath": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * File paths: describe
         * @description Files and folders, named by path.
         */
        get: operations["filePaths.describe.sftp"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sftp/{connectionId}/datasets/default/GetFileContentByPath": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * File paths: read
         * @description Files and folders, named by path.
         */
        get: operations["filePaths.read.sftp"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sftp/{connectionId}/datasets/default/copyFile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Files: copy
         * @description Source and destination are in the same connection; the source is named by its id or its path.
         */
        post: operations["files.copy.sftp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sftp/{connectionId}/datasets/default/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Files: create
         * @description Files and folders, named by id. The ids are those of earlier answers.
         */
        post: operations["files.create.sftp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sftp/{connectionId}/datasets/default/files/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Files: describe
         * @description Files and folders, named by id. The ids are those of earlier answers.
         */
        get: operations["files.describe.sftp"];
        /**
         * Files: replace
         * @description Files and folders, named by id. The ids are those of earlier answers.
         */
        put: operations["files.replace.sftp"];
        post?: never;
        /**
         * Files: remove
         * @description Files and folders, named by id. The ids are those of earlier answers.
         */
        delete: operations["files.remove.sftp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sftp/{connectionId}/datasets/default/files/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Files: read
         * @description Files and folders, named by id. The ids are those of earlier answers.
         */
        get: operations["files.read.sftp"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sftp/{connectionId}/datasets/default/folders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Folders: list root
         * @description What is in a folder: as a plain list, as first clients want it, or page by page, as later ones do.
         */
        get: operations["folders.listRoot.sftp"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sftp/{connectionId}/datasets/default/folders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Folders: list folder
         * @description What is in a folder: as a plain list, as first clients want it, or page by page, as later ones do.
         */
        get: operations["folders.listFolder.sftp"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sftp/{connectionId}/datasets/default/foldersV2": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Folders: page root
         * @description What is in a folder: as a plain list, as first clients want it, or page by page, as later ones do.
         */
        get: operations["folders.pageRoot.sftp"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sftp/{connectionId}/datasets/default/foldersV2/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Folders: page folder
         * @description What is in a folder: as a plain list, as first clients want it, or page by page, as later ones do.
         */
        get: operations["folders.pageFolder.sftp"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sftp/{connectionId}/datasets/default/triggers/batch/onnewfile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * File triggers: on new files
         * @description Descriptions of new files, the oldest first.
         */
        get: operations["fileTriggers.onNewFiles.sftp"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sftp/{connectionId}/datasets/default/triggers/batch/onupdatedfile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * File triggers: on updated files
         * @description Descriptions of files that are new or were changed, the oldest first.
         */
        get: operations["fileTriggers.onUpdatedFiles.sftp"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sftp/{connectionId}/datasets/default/triggers/onnewfile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * File triggers: on new file
         * @description One new file, its content in the body and its description in headers; without content, the description in the body.
         */
        get: operations["fileTriggers.onNewFile.sftp"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sftp/{connectionId}/datasets/default/triggers/onupdatedfile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * File triggers: on updated file
         * @description One file that is new or was changed, handed over as a new one is.
         */
        get: operations["fileTriggers.onUpdatedFile.sftp"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sftp/{connectionId}/testconnection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * File connection: test
         * @description A connection to a folder as a whole.
         */
        get: operations["fileConnection.test.sftp"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sql/{connectionId}/servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Databases: servers
         * @description The server and the database that a connection leads to, each the only one.
         */
        get: operations["databases.servers.sql"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sql/{connectionId}/testconnection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Databases: test
         * @description Signs in at the database with the stored credential.
         */
        get: operations["databases.test.sql"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sql/{connectionId}/v2/$metadata.json/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables: dataset metadata
         * @description What a connection to a database has: its one dataset, the tables in it, and the description of each.
         */
        get: operations["tables.datasetMetadata.sql"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sql/{connectionId}/v2/$metadata.json/datasets/{dataset}/procedures/{procedure}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Procedures: describe
         * @description Functions and procedures of a database.
         */
        get: operations["procedures.describe.sql"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sql/{connectionId}/v2/$metadata.json/datasets/{dataset}/query/sql": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Query: describe
         * @description What a query takes and gives, as far as that can be told before it has run.
         */
        post: operations["query.describe.sql"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sql/{connectionId}/v2/$metadata.json/datasets/{dataset}/tables/{table}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables: describe
         * @description What a connection to a database has: its one dataset, the tables in it, and the description of each.
         */
        get: operations["tables.describe.sql"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sql/{connectionId}/v2/databases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Databases: databases
         * @description The server and the database that a connection leads to, each the only one.
         */
        get: operations["databases.databases.sql"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sql/{connectionId}/v2/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables: list datasets
         * @description What a connection to a database has: its one dataset, the tables in it, and the description of each.
         */
        get: operations["tables.listDatasets.sql"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sql/{connectionId}/v2/datasets/{dataset}/procedures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Procedures: list
         * @description Functions and procedures of a database.
         */
        get: operations["procedures.list.sql"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sql/{connectionId}/v2/datasets/{dataset}/procedures/{procedure}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Procedures: run
         * @description Functions and procedures of a database.
         */
        post: operations["procedures.run.sql"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sql/{connectionId}/v2/datasets/{dataset}/query/sql": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Query: query
         * @description Statements in the source's own language. They pass unread; their values travel beside them.
         */
        post: operations["query.query.sql"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sql/{connectionId}/v2/datasets/{dataset}/tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tables: list
         * @description What a connection to a database has: its one dataset, the tables in it, and the description of each.
         */
        get: operations["tables.list.sql"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sql/{connectionId}/v2/datasets/{dataset}/tables/{table}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Items: list
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        get: operations["items.list.sql"];
        put?: never;
        /**
         * Items: create
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        post: operations["items.create.sql"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sql/{connectionId}/v2/datasets/{dataset}/tables/{table}/items/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Items: get
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        get: operations["items.get.sql"];
        put?: never;
        post?: never;
        /**
         * Items: remove
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        delete: operations["items.remove.sql"];
        options?: never;
        head?: never;
        /**
         * Items: update
         * @description Rows of a table. Their bytes pass through as the agent wrote them.
         */
        patch: operations["items.update.sql"];
        trace?: never;
    };
    "/apim/sql/{connectionId}/v2/datasets/{dataset}/tables/{table}/onnewitems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Triggers: on new items
         * @description New rows, by the numbers of a key that a sequence draws, in their order. Each is handed out once. One whose transaction commits late is found as long as no hundred younger gaps in the numbers have opened meanwhile.
         */
        get: operations["triggers.onNewItems.sql"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apim/sql/{connectionId}/v2/datasets/{dataset}/tables/{table}/onupdateditems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Triggers: on updated items
         * @description New and changed rows, by the time of their last change, in its order. Each change is handed out once. One that is committed later than five minutes after its time, or after five hundred later ones, is not found.
         */
        get: operations["triggers.onUpdatedItems.sql"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Api docs: page
         * @description The description as a page.
         */
        get: operations["apiDocs.page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Api docs: file
         * @description Scripts and styles of the page.
         */
        get: operations["apiDocs.file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Health: get
         * @description 200 while this replica can serve anybody, 503 when it cannot: a load balancer needs no more.
         */
        get: operations["health.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Invoke: refuse
         * @description Takes a call of the connector surface in a POST: its method in x-ms-request-method, its path below /apim/ with the query in x-ms-request-url, its body and all other headers as they are. It is answered as the call itself is.
         */
        post: operations["invoke.refuse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Api docs: document
         * @description The description itself, in OpenAPI 3.1.
         */
        get: operations["apiDocs.document"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Portal: start
         * @description The portal's first page.
         */
        get: operations["portal.start"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portal/config.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Portal: settings
         * @description Where people sign in, and as which application.
         */
        get: operations["portal.settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portal/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Portal: file
         * @description A file of the portal; its first page for every other path, which the portal reads itself.
         */
        get: operations["portal.file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/{subscriptionId}/providers/Microsoft.Web/connectionGateways": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Connection gateways: list
         * @description Gateways as resources of Azure subscriptions.
         */
        get: operations["connectionGateways.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/{subscriptionId}/providers/Microsoft.Web/locations/{location}/connectionGatewayInstallations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Connection gateway installations: list
         * @description Gateways of a location that the caller administers, and so may make resources of.
         */
        get: operations["connectionGatewayInstallations.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/{subscriptionId}/providers/Microsoft.Web/locations/{location}/connectionGatewayInstallations/{gatewayId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Connection gateway installations: get
         * @description Gateways of a location that the caller administers, and so may make resources of.
         */
        get: operations["connectionGatewayInstallations.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Web/connectionGateways": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Connection gateways: list by resource group
         * @description Gateways as resources of Azure subscriptions.
         */
        get: operations["connectionGateways.listByResourceGroup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Web/connectionGateways/{connectionGatewayName}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Connection gateways: get
         * @description Gateways as resources of Azure subscriptions.
         */
        get: operations["connectionGateways.get"];
        /**
         * Connection gateways: create or update
         * @description Makes a gateway a resource, or replaces the resource. `If-Match` and `If-None-Match` are kept.
         */
        put: operations["connectionGateways.createOrUpdate"];
        post?: never;
        /**
         * Connection gateways: remove
         * @description Deletes the resource. The gateway stays.
         */
        delete: operations["connectionGateways.remove"];
        options?: never;
        head?: never;
        /**
         * Connection gateways: update
         * @description Changes what is sent; tags replace all that were there.
         */
        patch: operations["connectionGateways.update"];
        trace?: never;
    };
    "/v1.0/myorg/gateways": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Power bi gateways: list
         * @description This API has no pages: who sees more than a thousand gateways asks v2.0, which has.
         */
        get: operations["powerBiGateways.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1.0/myorg/gateways/{gatewayId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Power bi gateways: get */
        get: operations["powerBiGateways.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1.0/myorg/gateways/{gatewayId}/datasources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Power bi datasources: list
         * @description Connections in the words of v1.0. What is done answers 200 with nothing in it: its clients take no other status.
         */
        get: operations["powerBiDatasources.list"];
        put?: never;
        /**
         * Power bi datasources: create
         * @description Stored untried: `status` tries it.
         */
        post: operations["powerBiDatasources.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1.0/myorg/gateways/{gatewayId}/datasources/{datasourceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Power bi datasources: get
         * @description Connections in the words of v1.0. What is done answers 200 with nothing in it: its clients take no other status.
         */
        get: operations["powerBiDatasources.get"];
        put?: never;
        post?: never;
        /**
         * Power bi datasources: remove
         * @description Connections in the words of v1.0. What is done answers 200 with nothing in it: its clients take no other status.
         */
        delete: operations["powerBiDatasources.remove"];
        options?: never;
        head?: never;
        /**
         * Power bi datasources: update
         * @description Stored untried, as when it was made.
         */
        patch: operations["powerBiDatasources.update"];
        trace?: never;
    };
    "/v1.0/myorg/gateways/{gatewayId}/datasources/{datasourceId}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Power bi datasources: status
         * @description Connections in the words of v1.0. What is done answers 200 with nothing in it: its clients take no other status.
         */
        get: operations["powerBiDatasources.status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1.0/myorg/gateways/{gatewayId}/datasources/{datasourceId}/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Power bi datasource users: list */
        get: operations["powerBiDatasourceUsers.list"];
        put?: never;
        /**
         * Power bi datasource users: add
         * @description Reading is all that this API gives: who holds a role already keeps it. "None" takes it away.
         */
        post: operations["powerBiDatasourceUsers.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1.0/myorg/gateways/{gatewayId}/datasources/{datasourceId}/users/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Power bi datasource users: remove
         * @description By address or object id.
         */
        delete: operations["powerBiDatasourceUsers.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alerts: list */
        get: operations["alerts.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/{alertId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alerts: get */
        get: operations["alerts.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/{alertId}/acknowledgement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Alerts: acknowledge
         * @description Says that somebody sees to it.
         */
        post: operations["alerts.acknowledge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Audit: list
         * @description The record of changes and refusals.
         */
        get: operations["audit.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Audit: export
         * @description JSON lines, read from the database as fast as the caller takes them.
         */
        get: operations["audit.export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/verifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Audit: verify
         * @description The record of changes and refusals.
         */
        post: operations["audit.verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/backup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Backup: take
         * @description A tenant's configuration as a document, and back.
         */
        get: operations["backup.take"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/backup/restorations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Backup: restore
         * @description A tenant's configuration as a document, and back.
         */
        post: operations["backup.restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connectionSummaries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Connection summaries: list
         * @description Connections by name, each in one line: where it leads, what its last test said, when it was last used.
         */
        get: operations["connectionSummaries.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Connections: list */
        get: operations["connections.list"];
        put?: never;
        /** Connections: create */
        post: operations["connections.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/supportedConnectionTypes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Connection types: list
         * @description What connections can lead to, and what must be said to make one.
         */
        get: operations["connectionTypes.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{connectionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Connections: get */
        get: operations["connections.get"];
        put?: never;
        post?: never;
        /** Connections: remove */
        delete: operations["connections.remove"];
        options?: never;
        head?: never;
        /** Connections: update */
        patch: operations["connections.update"];
        trace?: never;
    };
    "/v1/connections/{connectionId}/environments/{environmentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Connection environments: bind */
        put: operations["connectionEnvironments.bind"];
        post?: never;
        /** Connection environments: unbind */
        delete: operations["connectionEnvironments.unbind"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{connectionId}/licences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Licences: of connection
         * @description Whose licences include the gateway.
         */
        get: operations["licences.ofConnection"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{connectionId}/roleAssignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Connection role assignments: list */
        get: operations["connectionRoleAssignments.list"];
        put?: never;
        /** Connection role assignments: assign */
        post: operations["connectionRoleAssignments.assign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{connectionId}/roleAssignments/{principalId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Connection role assignments: get */
        get: operations["connectionRoleAssignments.get"];
        put?: never;
        post?: never;
        /** Connection role assignments: revoke */
        delete: operations["connectionRoleAssignments.revoke"];
        options?: never;
        head?: never;
        /** Connection role assignments: update */
        patch: operations["connectionRoleAssignments.update"];
        trace?: never;
    };
    "/v1/connections/{connectionId}/testConnection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Connections: test */
        post: operations["connections.test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{connectionId}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Connection usage: read
         * @description Environments, apps, flows and callers whose requests went through a connection: who would notice if it were gone.
         */
        get: operations["connectionUsage.read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connectors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Connector definitions: list
         * @description Connectors as Power Apps and Power Automate import them, one for each kind of source.
         */
        get: operations["connectorDefinitions.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connectors/{connectorName}/apiDefinition.swagger.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Connector definitions: definition
         * @description The definition of a connector, to import as a custom one together with its properties.
         */
        get: operations["connectorDefinitions.definition"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connectors/{connectorName}/apiProperties.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Connector definitions: properties
         * @description What the platform asks whoever makes a connection, and how it finds this service.
         */
        get: operations["connectorDefinitions.properties"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connectors/{connectorName}/runtime.swagger.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Connector definitions: runtime
         * @description The definition for clients that call the connector's routes themselves, with the connection in the path.
         */
        get: operations["connectorDefinitions.runtime"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/directory/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Directory search: search
         * @description People, groups and service principals of the directory by name, for those who may give roles to them.
         */
        get: operations["directorySearch.search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Environments: list */
        get: operations["environments.list"];
        put?: never;
        /** Environments: create */
        post: operations["environments.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Environments: import
         * @description JSON or CSV. Imports all of the list or, where one line is wrong, nothing.
         */
        post: operations["environments.import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{environmentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Environments: get */
        get: operations["environments.get"];
        put?: never;
        post?: never;
        /** Environments: remove */
        delete: operations["environments.remove"];
        options?: never;
        head?: never;
        /** Environments: change */
        patch: operations["environments.change"];
        trace?: never;
    };
    "/v1/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Explain: explain */
        post: operations["explain.explain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gatewaySummaries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gateway summaries: list
         * @description Gateways by name, each in one line: health, version, and what hangs on it.
         */
        get: operations["gatewaySummaries.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Gateways: list */
        get: operations["gateways.list"];
        put?: never;
        /**
         * Gateways: create
         * @description Gateways come into being when their first agent registers.
         */
        post: operations["gateways.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Gateways: get */
        get: operations["gateways.get"];
        put?: never;
        post?: never;
        /** Gateways: remove */
        delete: operations["gateways.remove"];
        options?: never;
        head?: never;
        /** Gateways: update */
        patch: operations["gateways.update"];
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/checkStatus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gateway status: check */
        post: operations["gatewayStatus.check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/compromises": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Recovery exposures: list compromises
         * @description How far the consequences of each compromise are, the newest first.
         */
        get: operations["recoveryExposures.listCompromises"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/exposures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Recovery exposures: list
         * @description Members that somebody else got hold of, and the passwords they could have opened.
         */
        get: operations["recoveryExposures.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/exposures/{connectionId}/closure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Recovery exposures: close
         * @description Says that the password was changed at its source.
         */
        post: operations["recoveryExposures.close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gateway members: list
         * @description A gateway has ten members at most, hence one page: what a token leads to beyond it is empty.
         */
        get: operations["gatewayMembers.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/members/{memberId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Gateway members: remove */
        delete: operations["gatewayMembers.remove"];
        options?: never;
        head?: never;
        /** Gateway members: update */
        patch: operations["gatewayMembers.update"];
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/members/{memberId}/checkStatus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gateway status: check member */
        post: operations["gatewayStatus.checkMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/members/{memberId}/compromise": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Recovery exposures: revoke
         * @description Members that somebody else got hold of, and the passwords they could have opened.
         */
        post: operations["recoveryExposures.revoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/members/{memberId}/diagnosis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Diagnosis: get
         * @description A look at a member's machine, and at its log while it is written.
         */
        get: operations["diagnosis.get"];
        put?: never;
        /**
         * Diagnosis: start
         * @description A look at a member's machine, and at its log while it is written.
         */
        post: operations["diagnosis.start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/members/{memberId}/drain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gateway members: drain */
        post: operations["gatewayMembers.drain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/members/{memberId}/logTail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Diagnosis: get log tail
         * @description A look at a member's machine, and at its log while it is written.
         */
        get: operations["diagnosis.getLogTail"];
        put?: never;
        /**
         * Diagnosis: start log tail
         * @description A look at a member's machine, and at its log while it is written.
         */
        post: operations["diagnosis.startLogTail"];
        /**
         * Diagnosis: stop log tail
         * @description A look at a member's machine, and at its log while it is written.
         */
        delete: operations["diagnosis.stopLogTail"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/members/{memberId}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gateway members: resume */
        post: operations["gatewayMembers.resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/members/{memberId}/upgrade": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Releases rollouts: upgrade */
        get: operations["releasesRollouts.upgrade"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/recovery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Recovery: get
         * @description The recovery key of a gateway, as far as its administrators need to know of it.
         */
        get: operations["recovery.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/recoveryLocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Recovery: list locks
         * @description The recovery key of a gateway, as far as its administrators need to know of it.
         */
        get: operations["recovery.listLocks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/recoveryLocks/{callerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Recovery: clear lock
         * @description The recovery key of a gateway, as far as its administrators need to know of it.
         */
        delete: operations["recovery.clearLock"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/restart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gateway status: restart
         * @description Of machines that are not ours.
         */
        post: operations["gatewayStatus.restart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/roleAssignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Gateway role assignments: list */
        get: operations["gatewayRoleAssignments.list"];
        put?: never;
        /** Gateway role assignments: assign */
        post: operations["gatewayRoleAssignments.assign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/roleAssignments/{principalId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Gateway role assignments: get */
        get: operations["gatewayRoleAssignments.get"];
        put?: never;
        post?: never;
        /** Gateway role assignments: revoke */
        delete: operations["gatewayRoleAssignments.revoke"];
        options?: never;
        head?: never;
        /** Gateway role assignments: update */
        patch: operations["gatewayRoleAssignments.update"];
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/rollouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Releases rollouts: list */
        get: operations["releasesRollouts.list"];
        put?: never;
        /**
         * Releases rollouts: order
         * @description Updates members one after the other; a member that is not well afterwards goes back, and the rollout ends.
         */
        post: operations["releasesRollouts.order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/rollouts/{rolloutId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Releases rollouts: get */
        get: operations["releasesRollouts.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/rollouts/{rolloutId}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Releases rollouts: cancel
         * @description No further members are updated.
         */
        post: operations["releasesRollouts.cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/rotations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rotations: list
         * @description Rotation of a gateway's sealing key: nobody enters a password again.
         */
        get: operations["rotations.list"];
        put?: never;
        /**
         * Rotations: start
         * @description Rotation of a gateway's sealing key: nobody enters a password again.
         */
        post: operations["rotations.start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/rotations/{rotationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rotations: get
         * @description Rotation of a gateway's sealing key: nobody enters a password again.
         */
        get: operations["rotations.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/shutdown": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gateway status: shutdown */
        post: operations["gatewayStatus.shutdown"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateways/{gatewayId}/upgrades": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Releases rollouts: upgrades */
        get: operations["releasesRollouts.upgrades"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/joinTokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Join tokens: list */
        get: operations["joinTokens.list"];
        put?: never;
        /**
         * Join tokens: create
         * @description The only answer that holds the token itself.
         */
        post: operations["joinTokens.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/joinTokens/{joinTokenId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Join tokens: revoke */
        delete: operations["joinTokens.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/licences/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Licences: report
         * @description As JSON, or the same page as a table for spreadsheets; its next one is then named in the `Link` header.
         */
        get: operations["licences.report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/licences/users/{idOrUpn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Licences: of user
         * @description Whose licences include the gateway.
         */
        get: operations["licences.ofUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/licences/users/{idOrUpn}/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Licences: look up again
         * @description Asks the directory again instead of waiting until what is known is five minutes old.
         */
        post: operations["licences.lookUpAgain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Live: open
         * @description Server-sent events named by what changed, with the id of the one thing that did or `*`. Ends before the token does.
         */
        get: operations["live.open"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Me: get
         * @description What the token says, and what the service makes of it.
         */
        get: operations["me.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/network": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Network: read
         * @description Hosts and addresses that agents of a region's gateways have to reach, all outbound.
         */
        get: operations["network.read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/{operationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Operations: get */
        get: operations["operations.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/{operationId}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Operations: result */
        get: operations["operations.result"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Overview: get
         * @description How everything that the caller may see is doing, and what needs attention.
         */
        get: operations["overview.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/regions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Regions: list
         * @description Which regions serve which: what a registration or an environment can choose from.
         */
        get: operations["regions.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Releases: list
         * @description Open to everybody who signs in: what there is to install is no secret.
         */
        get: operations["releases.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Requests: list
         * @description What became of requests: status, sizes and time per hop, never payload.
         */
        get: operations["requests.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Request statistics: read
         * @description Requests, failures and durations over time, of those that the list of requests shows the caller.
         */
        get: operations["requestStatistics.read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests/{traceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Requests: get
         * @description What became of requests: status, sizes and time per hop, never payload.
         */
        get: operations["requests.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenantPolicy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tenant policy: get
         * @description Everybody may know what holds for them; who is listed is the administrators' business.
         */
        get: operations["tenantPolicy.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Tenant policy: change */
        patch: operations["tenantPolicy.change"];
        trace?: never;
    };
    "/v1/tenantPolicy/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Policy preview: preview
         * @description Whom a change of the tenant's policy would affect. Nothing is changed.
         */
        post: operations["policyPreview.preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.0/myorg/gatewayClusters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tenant clusters: list
         * @description For administrators of the tenant: all of its gateways.
         */
        get: operations["tenantClusters.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.0/myorg/gatewayClusters/{gatewayId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tenant clusters: get
         * @description For administrators of the tenant: all of its gateways.
         */
        get: operations["tenantClusters.get"];
        put?: never;
        post?: never;
        /**
         * Tenant clusters: remove
         * @description For administrators of the tenant: all of its gateways.
         */
        delete: operations["tenantClusters.remove"];
        options?: never;
        head?: never;
        /**
         * Tenant clusters: update
         * @description For administrators of the tenant: all of its gateways.
         */
        patch: operations["tenantClusters.update"];
        trace?: never;
    };
    "/v2.0/myorg/gatewayClusters/{gatewayId}/datasources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tenant cluster datasources: list
         * @description For administrators of the tenant.
         */
        get: operations["tenantClusterDatasources.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.0/myorg/gatewayClusters/{gatewayId}/datasources/{datasourceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tenant cluster datasources: get
         * @description For administrators of the tenant.
         */
        get: operations["tenantClusterDatasources.get"];
        put?: never;
        post?: never;
        /**
         * Tenant cluster datasources: remove
         * @description For administrators of the tenant.
         */
        delete: operations["tenantClusterDatasources.remove"];
        options?: never;
        head?: never;
        /**
         * Tenant cluster datasources: update
         * @description For administrators of the tenant.
         */
        patch: operations["tenantClusterDatasources.update"];
        trace?: never;
    };
    "/v2.0/myorg/gatewayClusters/{gatewayId}/datasources/{datasourceId}/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Tenant cluster datasources: change credentials
         * @description For administrators of the tenant.
         */
        patch: operations["tenantClusterDatasources.changeCredentials"];
        trace?: never;
    };
    "/v2.0/myorg/gatewayClusters/{gatewayId}/datasources/{datasourceId}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tenant cluster datasources: status
         * @description For administrators of the tenant.
         */
        get: operations["tenantClusterDatasources.status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.0/myorg/gatewayClusters/{gatewayId}/datasources/{datasourceId}/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tenant cluster datasource users: list
         * @description For administrators of the tenant, who may give and take roles at every connection.
         */
        get: operations["tenantClusterDatasourceUsers.list"];
        put?: never;
        /**
         * Tenant cluster datasource users: add
         * @description For administrators of the tenant, who may give and take roles at every connection.
         */
        post: operations["tenantClusterDatasourceUsers.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.0/myorg/gatewayClusters/{gatewayId}/datasources/{datasourceId}/users/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Tenant cluster datasource users: remove
         * @description For administrators of the tenant, who may give and take roles at every connection.
         */
        delete: operations["tenantClusterDatasourceUsers.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.0/myorg/gatewayClusters/{gatewayId}/memberGateways/{memberId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Tenant clusters: remove member
         * @description For administrators of the tenant: all of its gateways.
         */
        delete: operations["tenantClusters.removeMember"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.0/myorg/gatewayClusters/{gatewayId}/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tenant clusters: permit
         * @description For administrators of the tenant: all of its gateways.
         */
        post: operations["tenantClusters.permit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.0/myorg/gatewayClusters/{gatewayId}/permissions/{permissionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Tenant clusters: forbid
         * @description For administrators of the tenant: all of its gateways.
         */
        delete: operations["tenantClusters.forbid"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.0/myorg/gatewayClusters/{gatewayId}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tenant clusters: status
         * @description For administrators of the tenant: all of its gateways.
         */
        get: operations["tenantClusters.status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.0/myorg/gatewayInstallers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gateway installers: list
         * @description Nobody installs personal gateways: they do not exist here.
         */
        get: operations["gatewayInstallers.list"];
        put?: never;
        /**
         * Gateway installers: update
         * @description By object id or address. Adding who is there and removing who is not changes nothing.
         */
        post: operations["gatewayInstallers.update"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.0/myorg/gatewayPolicy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gateway policy: get
         * @description Personal gateways do not exist here: nobody may install one, and that is what is said.
         */
        get: operations["gatewayPolicy.get"];
        put?: never;
        /**
         * Gateway policy: change
         * @description Who may install gateways, as far as v2.0 tells it.
         */
        post: operations["gatewayPolicy.change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.0/myorg/me/gatewayClusters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Own clusters: list
         * @description For everybody: gateways at which they hold a role.
         */
        get: operations["ownClusters.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.0/myorg/me/gatewayClusters/{gatewayId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Own clusters: get
         * @description For everybody: gateways at which they hold a role.
         */
        get: operations["ownClusters.get"];
        put?: never;
        post?: never;
        /**
         * Own clusters: remove
         * @description For everybody: gateways at which they hold a role.
         */
        delete: operations["ownClusters.remove"];
        options?: never;
        head?: never;
        /**
         * Own clusters: update
         * @description For everybody: gateways at which they hold a role.
         */
        patch: operations["ownClusters.update"];
        trace?: never;
    };
    "/v2.0/myorg/me/gatewayClusters/{gatewayId}/datasources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Own cluster datasources: list
         * @description New ones are made here only, as clients do.
         */
        get: operations["ownClusterDatasources.list"];
        put?: never;
        /**
         * Own cluster datasources: create
         * @description New ones are made here only, as clients do.
         */
        post: operations["ownClusterDatasources.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.0/myorg/me/gatewayClusters/{gatewayId}/datasources/{datasourceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Own cluster datasources: get
         * @description New ones are made here only, as clients do.
         */
        get: operations["ownClusterDatasources.get"];
        put?: never;
        post?: never;
        /**
         * Own cluster datasources: remove
         * @description New ones are made here only, as clients do.
         */
        delete: operations["ownClusterDatasources.remove"];
        options?: never;
        head?: never;
        /**
         * Own cluster datasources: update
         * @description New ones are made here only, as clients do.
         */
        patch: operations["ownClusterDatasources.update"];
        trace?: never;
    };
    "/v2.0/myorg/me/gatewayClusters/{gatewayId}/datasources/{datasourceId}/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Own cluster datasources: change credentials
         * @description New ones are made here only, as clients do.
         */
        patch: operations["ownClusterDatasources.changeCredentials"];
        trace?: never;
    };
    "/v2.0/myorg/me/gatewayClusters/{gatewayId}/datasources/{datasourceId}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Own cluster datasources: status
         * @description New ones are made here only, as clients do.
         */
        get: operations["ownClusterDatasources.status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.0/myorg/me/gatewayClusters/{gatewayId}/datasources/{datasourceId}/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Own cluster datasource users: list
         * @description For everybody.
         */
        get: operations["ownClusterDatasourceUsers.list"];
        put?: never;
        /**
         * Own cluster datasource users: add
         * @description For everybody.
         */
        post: operations["ownClusterDatasourceUsers.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.0/myorg/me/gatewayClusters/{gatewayId}/datasources/{datasourceId}/users/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Own cluster datasource users: remove
         * @description For everybody.
         */
        delete: operations["ownClusterDatasourceUsers.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.0/myorg/me/gatewayClusters/{gatewayId}/memberGateways/{memberId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Own clusters: remove member
         * @description For everybody: gateways at which they hold a role.
         */
        delete: operations["ownClusters.removeMember"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.0/myorg/me/gatewayClusters/{gatewayId}/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Own clusters: permit
         * @description For everybody: gateways at which they hold a role.
         */
        post: operations["ownClusters.permit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.0/myorg/me/gatewayClusters/{gatewayId}/permissions/{permissionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Own clusters: forbid
         * @description For everybody: gateways at which they hold a role.
         */
        delete: operations["ownClusters.forbid"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2.0/myorg/me/gatewayClusters/{gatewayId}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Own clusters: status
         * @description For everybody: gateways at which they hold a role.
         */
        get: operations["ownClusters.status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
};
export type webhooks = Record<string, never>;
export type components = {
    schemas: {
        /** @description A failure below /v1. moreDetails holds our own code where Fabric has another name, and the details. */
        FabricError: {
            requestId: string;
            errorCode: string;
            message: string;
            isRetriable: boolean;
            /** @enum {string} */
            hop: "control-plane" | "broker" | "member" | "connector" | "source";
            /** @enum {string} */
            outcome: "not-sent" | "not-executed" | "executed" | "unknown";
            remedy: string;
            moreDetails?: {
                errorCode: string;
                message: string;
            }[];
        };
        /** @description A failure below /apim. */
        ConnectorError: {
            status: number;
            message: string;
            error: {
                code: string;
                message: string;
            };
            source: string;
            code: string;
            /** @enum {string} */
            hop: "control-plane" | "broker" | "member" | "connector" | "source";
            /** @enum {string} */
            outcome: "not-sent" | "not-executed" | "executed" | "unknown";
            retryable: boolean;
            remedy: string;
            traceId: string;
            details: {
                [key: string]: string | number;
            };
        };
        /** @description A failure below /agent, as RFC 9457 has it. */
        Problem: {
            /** Format: uri */
            type: string;
            title: string;
            status: number;
            detail: string;
            /** Format: uri */
            instance: string;
            code: string;
            /** @enum {string} */
            hop: "control-plane" | "broker" | "member" | "connector" | "source";
            /** @enum {string} */
            outcome: "not-sent" | "not-executed" | "executed" | "unknown";
            retryable: boolean;
            remedy: string;
            traceId: string;
            details: {
                [key: string]: string | number;
            };
        };
        /** @description A failure below /v1.0 and /v2.0; our own code stands in the details of pbi.error. */
        PowerBiError: {
            error: {
                code: string;
                message: string;
                /** @enum {string} */
                hop?: "control-plane" | "broker" | "member" | "connector" | "source";
                /** @enum {string} */
                outcome?: "not-sent" | "not-executed" | "executed" | "unknown";
                retryable?: boolean;
                remedy?: string;
                traceId?: string;
                "pbi.error": {
                    code: string;
                    parameters: {
                        [key: string]: string;
                    };
                    details: {
                        code: string;
                        detail: {
                            type: number;
                            value: string;
                        };
                    }[];
                    exceptionCulprit: number;
                };
            };
        };
        /** @description A failure below /subscriptions. The first of the details is our own code, with what to do about it. */
        ArmError: {
            error: {
                code: string;
                message: string;
                details: {
                    code: string;
                    message: string;
                }[];
                /** @enum {string} */
                hop: "control-plane" | "broker" | "member" | "connector" | "source";
                /** @enum {string} */
                outcome: "not-sent" | "not-executed" | "executed" | "unknown";
                retryable: boolean;
                remedy: string;
                traceId: string;
            };
        };
        AgentConnections: {
            value: {
                /** Format: uuid */
                id: string;
                target: {
                    /** @constant */
                    kind: "postgresql";
                    server: string;
                    port: number;
                    database: string;
                } | {
                    /** @constant */
                    kind: "sql";
                    server: string;
                    port: number;
                    database: string;
                } | {
                    /** @constant */
                    kind: "mysql";
                    server: string;
                    port: number;
                    database: string;
                } | {
                    /** @constant */
                    kind: "oracle";
                    server: string;
                    port: number;
                    service: string;
                } | {
                    /** @constant */
                    kind: "http";
                    /** Format: uri */
                    url: string;
                    apiKeyName?: string;
                    /** @enum {string} */
                    apiKeyIn?: "header" | "query";
                    /** Format: uri */
                    tokenEndpoint?: string;
                    scope?: string;
                } | {
                    /** @constant */
                    kind: "odata";
                    /** Format: uri */
                    url: string;
                    apiKeyName?: string;
                    /** @enum {string} */
                    apiKeyIn?: "header" | "query";
                    /** Format: uri */
                    tokenEndpoint?: string;
                    scope?: string;
                } | {
                    /** @constant */
                    kind: "filesystem";
                    path: string;
                } | {
                    /** @constant */
                    kind: "sftp";
                    server: string;
                    port: number;
                    path: string;
                    hostKey: string;
                };
                /** @enum {string} */
                credentialType: "Anonymous" | "Basic" | "Windows" | "Key" | "OAuth2";
                /** @enum {string} */
                encryption: "Encrypted" | "Any" | "NotEncrypted";
                credential?: string;
                sealedTo?: {
                    keyId?: string;
                    currentKeyId: string;
                };
                displayName: string;
            }[];
            /** Format: uuid */
            next?: string;
        };
        AgentDiscovery: {
            issuer: string;
            version: string;
            contractVersions: number[];
            regions: {
                key: string;
                displayName: string;
                environmentRegions: string[];
            }[];
            signIn: {
                clientId: string;
                scope: string;
                deviceAuthorizationEndpoint: string;
                tokenEndpoint: string;
            };
            root: {
                generation: number;
                jwk: {
                    /** @constant */
                    kty: "EC";
                    /** @constant */
                    crv: "P-256";
                    /** Format: base64url */
                    x: string;
                    /** Format: base64url */
                    y: string;
                };
            };
        };
        AgentChallenge: {
            /** Format: uuid */
            challengeId: string;
            /** Format: base64url */
            nonce: string;
            /** @enum {string} */
            operation: "join" | "restore" | "takeover" | "drill" | "change-recovery-key";
            /** Format: uuid */
            callerId: string;
            gateway: {
                /** Format: uuid */
                id: string;
                name: string;
                region: string;
                /** Format: uuid */
                tenantId?: string;
            };
            members: {
                /** Format: uuid */
                id: string;
                name: string;
                enabled: boolean;
                online: boolean;
            }[];
            kdf: {
                /** @constant */
                name: "scrypt";
                /** @constant */
                n: 131072;
                /** @constant */
                r: 8;
                /** @constant */
                p: 1;
                /** Format: base64url */
                salt: string;
            };
            /** Format: date-time */
            expiresAt: string;
        };
        AgentAdmission: {
            /** Format: uuid */
            tenantId: string;
            /** Format: uuid */
            gatewayId: string;
            /** Format: uuid */
            memberId: string;
            region: string;
            issuer: string;
            root: {
                generation: number;
                jwk: {
                    /** @constant */
                    kty: "EC";
                    /** @constant */
                    crv: "P-256";
                    /** Format: base64url */
                    x: string;
                    /** Format: base64url */
                    y: string;
                };
            };
            gatewayName: string;
            sealingKey: {
                /** Format: base64 */
                modulus: string;
                /** Format: base64 */
                exponent: string;
            };
            /** Format: base64url */
            bundle: string;
            olderBundles?: string[];
            /** Format: base64url */
            proofKey: string;
        };
        AgentHeartbeat: {
            /** Format: date-time */
            serverTime: string;
            epoch: number;
            enabled: boolean;
            receiveReads: boolean;
            newestVersion: string;
            directive?: {
                jws: string;
                certificate: string;
            };
            nextRoot?: string;
        };
        AgentLogTail: {
            wanted: boolean;
        };
        AgentMembers: {
            members: {
                /** Format: uuid */
                id: string;
                name: string;
                keys: {
                    /** Format: base64url */
                    identity: string;
                    /** Format: base64url */
                    receiving: string;
                };
                /** Format: base64url */
                certificate?: string;
            }[];
            /** Format: base64url */
            proofKey: string;
            handovers: {
                /** Format: base64url */
                proofKey: string;
                /** Format: base64url */
                recoveryKey: string;
                /** Format: base64url */
                salt: string;
                /** Format: base64url */
                signature: string;
            }[];
        };
        AgentRegistration: {
            /** Format: uuid */
            tenantId: string;
            /** Format: uuid */
            gatewayId: string;
            /** Format: uuid */
            memberId: string;
            region: string;
            issuer: string;
            root: {
                generation: number;
                jwk: {
                    /** @constant */
                    kty: "EC";
                    /** @constant */
                    crv: "P-256";
                    /** Format: base64url */
                    x: string;
                    /** Format: base64url */
                    y: string;
                };
            };
        };
        AgentReleaseOffer: {
            manifest: string;
            keyCertificate: string;
            path: string;
        };
        AgentRotation: {
            /** Format: uuid */
            rotationId: string;
            /** @enum {string} */
            state: "distributing" | "resealing" | "grace" | "done";
            key?: {
                publicKey: {
                    /** Format: base64 */
                    modulus: string;
                    /** Format: base64 */
                    exponent: string;
                };
                /** Format: uuid */
                leader: string;
                /** Format: base64url */
                signature: string;
                vouched?: {
                    keys: {
                        /** Format: base64url */
                        identity: string;
                        /** Format: base64url */
                        receiving: string;
                    };
                    /** Format: base64url */
                    certificate: string;
                };
                /** Format: base64url */
                sealed?: string;
            };
            earlier?: {
                /** Format: uuid */
                rotationId: string;
                publicKey: {
                    /** Format: base64 */
                    modulus: string;
                    /** Format: base64 */
                    exponent: string;
                };
                /** Format: base64url */
                sealed: string;
            }[];
            untried?: number;
        };
        AgentRotationBatch: {
            credentials: {
                /** Format: uuid */
                connectionId: string;
                sealed: string;
                /** Format: base64url */
                hash: string;
            }[];
            remaining: number;
        };
        AgentSession: {
            relay: {
                /** @constant */
                mode: "tokens";
                host: string;
                listenWork: {
                    audience: string;
                    token: string;
                    /** Format: date-time */
                    expiresAt: string;
                };
                listenMember: {
                    audience: string;
                    token: string;
                    /** Format: date-time */
                    expiresAt: string;
                };
                sendReplies: {
                    audience: string;
                    token: string;
                    /** Format: date-time */
                    expiresAt: string;
                };
            } | {
                /** @constant */
                mode: "emulator";
                connectionString: string;
            };
            queues: {
                work: string;
                member: string;
            };
            announcement: string;
            certificate: string;
        };
        AgentToken: {
            access_token: string;
            /** @constant */
            token_type: "Bearer";
            expires_in: number;
            instance: number;
        };
        FileDatasetMetadata: {
            tabular: null;
            blob: {
                source: string;
                displayName: string;
                urlEncoding: string;
            };
        };
        BlobMetadata: {
            Id: string;
            Name: string;
            DisplayName: string;
            Path: string;
            /** Format: date-time */
            LastModified: string;
            Size: number;
            MediaType: string;
            IsFolder: boolean;
            ETag: string;
            FileLocator: string;
        };
        BlobMetadataPage: {
            value: components["schemas"]["BlobMetadata"][];
            nextLink?: string;
            nextPageMarker?: string;
        };
        ConnectorNames: {
            value: components["schemas"]["ConnectorName"][];
        };
        ConnectorName: {
            Name: string;
            DisplayName: string;
        };
        ConnectorDatasetMetadata: {
            tabular: {
                /** @enum {string} */
                source: "mru" | "singleton";
                displayName: string;
                /** @enum {string} */
                urlEncoding: "single" | "double";
                tableDisplayName: string;
                tablePluralName: string;
            };
            blob: null;
            datasetFormat: string;
            parameters: {
                name: string;
                type: string;
                /** @enum {string} */
                urlEncoding: "single" | "double";
                description: string;
                required: boolean;
                "x-ms-summary": string;
                "x-ms-dynamic-values": {
                    path: string;
                    "value-collection": string;
                    "value-path": string;
                    "value-title": string;
                };
            }[];
        };
        ConnectorCallMetadata: {
            name: string;
            title: string;
            schema: {
                [key: string]: unknown;
            };
        };
        ConnectorTableMetadata: {
            name: string;
            title: string;
            /** @enum {string} */
            "x-ms-permission": "read-write" | "read-only";
            "x-ms-capabilities": {
                [key: string]: unknown;
            };
            "x-tidegate-triggers": {
                onnewitems: {
                    available: boolean;
                    column?: string;
                    problem?: string;
                };
                onupdateditems: {
                    available: boolean;
                    column?: string;
                    problem?: string;
                };
            };
            schema: {
                /** @constant */
                type: "array";
                items: {
                    /** @constant */
                    type: "object";
                    required: string[];
                    properties: {
                        [key: string]: unknown;
                    };
                };
                /** @enum {string} */
                "x-ms-permission": "read-write" | "read-only";
            };
        };
        ConnectorProcedureResult: {
            ResultSets: {
                [key: string]: components["schemas"]["ConnectorRow"][];
            };
            OutputParameters: {
                [key: string]: unknown;
            };
            ReturnCode: number;
        };
        ConnectorRow: {
            [key: string]: unknown;
        };
        ConnectorQueryResult: {
            ResultSets: {
                [key: string]: components["schemas"]["ConnectorRow"][];
            };
            OutputParameters: {
                [key: string]: unknown;
            };
        };
        ConnectorRows: {
            "@odata.context": string;
            value: components["schemas"]["ConnectorRow"][];
            "@odata.count"?: number;
            "@odata.nextLink"?: string;
        };
        ConnectorChanges: {
            value: components["schemas"]["ConnectorRow"][];
        };
        Health: {
            /** @enum {string} */
            status: "ok" | "degraded";
            /** @enum {string} */
            database: "ok" | "unreachable";
            relay: {
                [key: string]: "ok" | "unreachable";
            };
        };
        PortalSettings: {
            authority: string;
            clientId: string;
            scope: string;
            version: string;
            tenants: {
                id: string;
                name: string;
            }[];
        };
        ArmConnectionGateway: {
            id: string;
            name: string;
            /** @constant */
            type: "Microsoft.Web/connectionGateways";
            location: string;
            etag: string;
            tags: {
                [key: string]: string;
            };
            properties: {
                contactInformation?: string[];
                displayName: string;
                description?: string;
                machineName?: string;
                /** @constant */
                status: "Installed";
                /** Format: uri */
                backendUri: string;
                connectionGatewayInstallation: {
                    id: string;
                    name: string;
                    type: string;
                    location: string;
                };
            };
        };
        ArmConnectionGatewayInstallation: {
            id: string;
            /** Format: uuid */
            name: string;
            /** @constant */
            type: "Microsoft.Web/locations/connectionGatewayInstallations";
            location: string;
            properties: {
                contactInformation?: string[];
                displayName: string;
                description?: string;
                machineName?: string;
                /** @constant */
                status: "Installed";
                /** Format: uri */
                backendUri: string;
                connectionGateway?: {
                    id: string;
                    name: string;
                    type: string;
                };
            };
        };
        PowerBiGateway: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @constant */
            type: "Resource";
            publicKey: {
                /** Format: base64 */
                modulus: string;
                /** Format: base64 */
                exponent: string;
            };
            gatewayAnnotation: string;
            /** @enum {string} */
            gatewayStatus: "Live" | "Unreachable";
        };
        PowerBiDatasource: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            gatewayId: string;
            datasourceType: string;
            connectionDetails: string;
            credentialType: string;
            datasourceName: string;
            credentialDetails: {
                useEndUserOAuth2Credentials: boolean;
            };
        };
        PowerBiDatasourceUser: {
            /** @enum {string} */
            datasourceAccessRight: "None" | "Read" | "ReadOverrideEffectiveIdentity" | "Write" | "ReadWrite" | "Admin" | "OverrideEffectiveIdentity";
            emailAddress?: string;
            displayName?: string;
            /** Format: uuid */
            identifier: string;
            /** @enum {string} */
            principalType: "User" | "App" | "Group";
        };
        Alert: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "gateway-single-administrator" | "gateway-without-administrator" | "gateway-administrator-disabled" | "gateway-offline" | "member-offline" | "member-flapping" | "connection-single-owner" | "connection-without-owner" | "connection-owner-disabled" | "connection-credential-stale" | "member-version-ending" | "member-version-unsupported" | "gateway-update-failed" | "recovery-locked" | "recovery-key-unproven" | "recovery-key-change-needed" | "recovery-key-untrusted" | "root-untrusted" | "policy-invalid";
            /** @enum {string} */
            severity: "critical" | "warning";
            /** @enum {string} */
            state: "Open" | "Acknowledged" | "Resolved";
            /** Format: uuid */
            gatewayId?: string;
            /** Format: uuid */
            connectionId?: string;
            text: string;
            remedy: string;
            details: {
                name: string;
                principals?: {
                    /** Format: uuid */
                    id: string;
                    displayName: string;
                    /** @enum {string} */
                    state: "Disabled" | "Gone";
                }[];
                members?: {
                    /** Format: uuid */
                    id: string;
                    name: string;
                }[];
            };
            /** Format: date-time */
            openedAt: string;
            /** Format: date-time */
            acknowledgedAt?: string;
            /** Format: uuid */
            acknowledgedBy?: string;
            /** Format: date-time */
            resolvedAt?: string;
        };
        AuditEntry: {
            id: string;
            seq?: number;
            /** Format: date-time */
            at: string;
            actor: {
                /** Format: uuid */
                id: string;
                type: string;
            };
            action: string;
            result: string;
            /** Format: uuid */
            gatewayId?: string;
            subject: {
                type: string;
                id?: string;
            };
            traceId: string;
            details: {
                [key: string]: unknown;
            };
            count: number;
        };
        ChainReport: {
            isIntact: boolean;
            entries: number;
            firstSeq: number | null;
            lastSeq: number | null;
            checkpoints: number;
            checkpointSeq: number | null;
            unchained: number;
            faultCount: number;
            faults: {
                /** @enum {string} */
                kind: "hash" | "gap" | "order" | "link" | "checkpoint" | "unchained" | "unreadable";
                seq: number | null;
                text: string;
            }[];
        };
        Backup: {
            /** @constant */
            typ: "tidegate-backup";
            /** @constant */
            version: 1;
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            tenantId: string;
            issuer: string;
            /** Format: base64url */
            machineSalt: string;
            policy: {
                version: number;
                /** @enum {string} */
                installers: "Open" | "Restricted";
                /** @enum {string} */
                joinTokenCreators: "Installers" | "TenantAdministrators";
                minimumAdministrators: number;
                licenceRules: string | null;
                allowedKinds: ("postgresql" | "sql" | "mysql" | "oracle" | "http" | "odata" | "filesystem" | "sftp")[];
                tenantRequestsPerMinute: number | null;
                connectionRequestsPerMinute: number | null;
                callerRequestsPerMinute: number | null;
                listed: {
                    /** Format: uuid */
                    principalId: string;
                    /** @enum {string} */
                    principalType: "User" | "ServicePrincipal" | "Group";
                }[];
            } | null;
            environments: {
                /** Format: uuid */
                id: string;
                displayName: string;
                region: string;
                /** Format: date-time */
                createdAt: string;
            }[];
            gateways: {
                /** Format: uuid */
                id: string;
                name: string;
                region: string;
                epoch: number;
                /** @enum {string} */
                loadBalancing: "Failover" | "DistributeEvenly";
                sealingKey: {
                    /** Format: base64 */
                    modulus: string;
                    /** Format: base64 */
                    exponent: string;
                };
                sealingKeyId: string;
                recovery: {
                    kdf: {
                        /** @constant */
                        name: "scrypt";
                        /** @constant */
                        n: 131072;
                        /** @constant */
                        r: 8;
                        /** @constant */
                        p: 1;
                        /** Format: base64url */
                        salt: string;
                    };
                    /** Format: base64url */
                    proofKey: string;
                    /** Format: base64url */
                    recoveryKey: string;
                    /** Format: base64url */
                    bundle: string;
                    olderBundles?: string[];
                };
                recoveryProvedAt: string | null;
                recoveryChangedAt: string | null;
                cpuThreshold: number;
                memoryThreshold: number;
                allowCustomConnectors: boolean;
                allowCloudConnectionRefresh: boolean;
                /** Format: date-time */
                createdAt: string;
                members: {
                    /** Format: uuid */
                    id: string;
                    name: string;
                    enabled: boolean;
                    keys: {
                        /** Format: base64url */
                        identity: string;
                        /** Format: base64url */
                        receiving: string;
                    };
                    certificate: string | null;
                    /** Format: base64url */
                    machine: string;
                    version: string;
                    capabilities: {
                        contractVersions: number[];
                        operations: {
                            [key: string]: string[];
                        };
                        features: string[];
                    };
                    instance: number;
                    revision: number;
                    keyIds: string[];
                    /** Format: date-time */
                    createdAt: string;
                }[];
                roles: {
                    /** Format: uuid */
                    principalId: string;
                    /** @enum {string} */
                    principalType: "User" | "ServicePrincipal" | "Group";
                    /** @enum {string} */
                    role: "Admin" | "ConnectionCreatorWithResharing" | "ConnectionCreator";
                    allowedKinds: ("postgresql" | "sql" | "mysql" | "oracle" | "http" | "odata" | "filesystem" | "sftp")[];
                    /** Format: date-time */
                    createdAt: string;
                }[];
                handovers: {
                    /** Format: base64url */
                    proofKey: string;
                    /** Format: base64url */
                    recoveryKey: string;
                    /** Format: base64url */
                    salt: string;
                    /** Format: base64url */
                    signature: string;
                    /** Format: date-time */
                    at: string;
                }[];
            }[];
            connections: {
                /** Format: uuid */
                id: string;
                /** Format: uuid */
                gatewayId: string;
                displayName: string;
                target: {
                    /** @constant */
                    kind: "postgresql";
                    server: string;
                    port: number;
                    database: string;
                } | {
                    /** @constant */
                    kind: "sql";
                    server: string;
                    port: number;
                    database: string;
                } | {
                    /** @constant */
                    kind: "mysql";
                    server: string;
                    port: number;
                    database: string;
                } | {
                    /** @constant */
                    kind: "oracle";
                    server: string;
                    port: number;
                    service: string;
                } | {
                    /** @constant */
                    kind: "http";
                    /** Format: uri */
                    url: string;
                    apiKeyName?: string;
                    /** @enum {string} */
                    apiKeyIn?: "header" | "query";
                    /** Format: uri */
                    tokenEndpoint?: string;
                    scope?: string;
                } | {
                    /** @constant */
                    kind: "odata";
                    /** Format: uri */
                    url: string;
                    apiKeyName?: string;
                    /** @enum {string} */
                    apiKeyIn?: "header" | "query";
                    /** Format: uri */
                    tokenEndpoint?: string;
                    scope?: string;
                } | {
                    /** @constant */
                    kind: "filesystem";
                    path: string;
                } | {
                    /** @constant */
                    kind: "sftp";
                    server: string;
                    port: number;
                    path: string;
                    hostKey: string;
                };
                /** @enum {string} */
                credentialType: "Anonymous" | "Basic" | "Windows" | "Key" | "OAuth2";
                /** @enum {string} */
                encryption: "Encrypted" | "Any" | "NotEncrypted";
                /** @enum {string} */
                privacyLevel: "None" | "Private" | "Organizational" | "Public";
                sealed: string | null;
                sealingKeyId: string | null;
                /** Format: uuid */
                createdBy: string;
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                updatedAt: string;
                roles: {
                    /** Format: uuid */
                    principalId: string;
                    /** @enum {string} */
                    principalType: "User" | "ServicePrincipal" | "Group";
                    /** @enum {string} */
                    role: "Owner" | "UserWithReshare" | "User";
                    /** Format: date-time */
                    createdAt: string;
                }[];
                environmentIds: string[];
            }[];
            seal: {
                /** Format: base64url */
                sha256: string;
                key: {
                    /** @constant */
                    kty: "EC";
                    /** @constant */
                    crv: "P-256";
                    /** Format: base64url */
                    x: string;
                    /** Format: base64url */
                    y: string;
                };
                jws: string;
            };
        };
        Restoration: {
            environments: number;
            gateways: number;
            members: number;
            connections: number;
            signedBy: string;
            isSameIssuer: boolean;
        };
        ConnectionSummary: {
            /** Format: uuid */
            id: string;
            displayName: string;
            /** @enum {string} */
            kind: "postgresql" | "sql" | "mysql" | "oracle" | "http" | "odata" | "filesystem" | "sftp";
            path: string;
            /** Format: uuid */
            gatewayId: string;
            gatewayName: string;
            /** @enum {string} */
            credentialType: "Anonymous" | "Basic" | "Windows" | "Key" | "OAuth2";
            /** @enum {string} */
            status: "working" | "failing" | "untested";
            lastTest: {
                /** Format: date-time */
                at: string;
                ok: boolean;
                code?: string;
            } | null;
            lastUsedAt: string | null;
            canManage: boolean;
        };
        Connection: {
            /** Format: uuid */
            id: string;
            /** @constant */
            connectivityType: "OnPremisesGateway";
            displayName: string;
            /** Format: uuid */
            gatewayId: string;
            connectionDetails: {
                type: string;
                path: string;
            };
            /** @enum {string} */
            privacyLevel: "None" | "Private" | "Organizational" | "Public";
            credentialDetails: {
                /** @enum {string} */
                credentialType: "Anonymous" | "Basic" | "Windows" | "Key" | "OAuth2";
                /** @constant */
                singleSignOnType: "None";
                /** @enum {string} */
                connectionEncryption: "Encrypted" | "Any" | "NotEncrypted";
            };
            connectionRecency: {
                /** Format: date-time */
                createdDateTime: string;
            };
            environmentIds: string[];
            settingsTag: string;
        };
        SupportedConnectionType: {
            type: string;
            creationMethods: {
                name: string;
                parameters: {
                    name: string;
                    /** @enum {string} */
                    dataType: "Text" | "Number" | "Boolean" | "Duration" | "Date" | "DateTime" | "DateTimeZone" | "Time";
                    required: boolean;
                    allowedValues: string[] | null;
                }[];
            }[];
            supportedCredentialTypes: ("Anonymous" | "Basic" | "Windows" | "Key" | "OAuth2")[];
            supportedConnectionEncryptionTypes: ("Encrypted" | "Any" | "NotEncrypted")[];
            supportsSkipTestConnection: boolean;
        };
        ConnectionLicences: {
            value: {
                user: {
                    /** Format: uuid */
                    id: string;
                    upn?: string;
                    displayName: string;
                };
                isEligible: boolean;
                /** @enum {string} */
                ruleSet: "classic" | "current";
                plan: string;
                via: string;
            }[];
            refused: number;
            isCut: boolean;
        };
        ConnectionRoleAssignment: {
            /** Format: uuid */
            id: string;
            principal: components["schemas"]["FabricPrincipal"];
            /** @enum {string} */
            role: "Owner" | "UserWithReshare" | "User";
        };
        FabricPrincipal: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            type: "User" | "ServicePrincipal" | "Group";
            displayName?: string;
            userDetails?: {
                userPrincipalName: string;
            };
            servicePrincipalDetails?: {
                aadAppId: string;
            };
        };
        ConnectionStatus: {
            /** @enum {string} */
            status: "Online" | "Offline";
            errors: {
                errorCode: string;
                message: string;
            }[];
        };
        ConnectionUsage: {
            value: {
                /** @enum {string} */
                kind: "environment" | "app" | "flow" | "caller";
                id: string;
                displayName: string | null;
                requests: number;
                failed: number;
                /** Format: date-time */
                lastUsedAt: string;
            }[];
            /** Format: date-time */
            countedFrom: string;
        };
        Connector: {
            /** @enum {string} */
            name: "postgresql" | "sql" | "mysql" | "oracle" | "http" | "odata" | "filesystem" | "sftp";
            displayName: string;
            /** Format: uri */
            apiDefinitionUrl: string;
            /** Format: uri */
            apiPropertiesUrl: string;
            /** Format: uri */
            runtimeDefinitionUrl: string;
        };
        DirectorySearch: {
            value: {
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                type: "User" | "ServicePrincipal" | "Group";
                displayName: string;
                userPrincipalName: string | null;
            }[];
        };
        Environment: {
            /** Format: uuid */
            id: string;
            displayName: string;
            region: string;
        };
        ImportResult: {
            created: number;
            updated: number;
            unchanged: number;
        };
        Explanation: {
            user: {
                /** Format: uuid */
                id: string;
                displayName: string;
                upn?: string;
            };
            gateway: {
                /** Format: uuid */
                id: string;
                displayName: string;
                region: string;
            };
            connection?: {
                /** Format: uuid */
                id: string;
                displayName: string;
            };
            environment?: {
                /** Format: uuid */
                id: string;
                displayName: string;
                region: string;
            };
            /** @enum {string} */
            operation: "test" | "listTables" | "getTable" | "listItems" | "queryItems" | "pollItems" | "listProcedures" | "getProcedure" | "getItem" | "createItem" | "updateItem" | "deleteItem" | "executeQuery" | "executeProcedure" | "httpRequest" | "listFolder" | "getFile" | "readFile" | "writeFile" | "deleteFile" | "copyFile" | "pageFolder" | "listChanges";
            isAllowed: boolean;
            /** @enum {string} */
            decidedBy?: "visible" | "licence" | "role" | "sourceType" | "tenantPolicy" | "environment" | "region" | "administrators" | "operation" | "credential" | "agentOnline" | "agentVersion" | "agentKey";
            rules: {
                /** @enum {string} */
                rule: "visible" | "licence" | "role" | "sourceType" | "tenantPolicy" | "environment" | "region" | "administrators" | "operation" | "credential" | "agentOnline" | "agentVersion" | "agentKey";
                /** @enum {string} */
                verdict: "passed" | "refused" | "unknown";
                code?: string;
                reason: string;
                remedy?: string;
                changeableBy: {
                    role: string;
                    people: {
                        /** Format: uuid */
                        id: string;
                        displayName: string;
                        upn?: string;
                    }[];
                }[];
            }[];
        };
        GatewaySummary: {
            /** Format: uuid */
            id: string;
            displayName: string;
            region: string;
            /** @enum {string} */
            status: "online" | "degraded" | "offline";
            version: string | null;
            members: number;
            membersOnline: number;
            connections: number;
            lastHeartbeatAt: string | null;
        };
        Gateway: {
            /** Format: uuid */
            id: string;
            /** @constant */
            type: "OnPremises";
            displayName: string;
            publicKey: {
                /** Format: base64 */
                modulus: string;
                /** Format: base64 */
                exponent: string;
            };
            version: string;
            numberOfMemberGateways: number;
            /** @enum {string} */
            loadBalancingSetting: "Failover" | "DistributeEvenly";
            allowCloudConnectionRefresh: boolean;
            allowCustomConnectors: boolean;
            cpuThreshold: number;
            memoryThreshold: number;
            region: string;
            keyId: string;
            /** @enum {string} */
            upgradeState: "UpToDate" | "NewVersionAvailable" | "UpgradeRequired" | "Unknown";
            description: string | null;
            department: string | null;
            contactInformation: string[];
            settingsTag: string;
        };
        GatewayStatus: {
            /** @enum {string} */
            status: "Online" | "Offline";
            gatewayVersion?: string;
            /** @enum {string} */
            gatewayUpgradeState?: "UpToDate" | "NewVersionAvailable" | "UpgradeRequired" | "Unknown";
            errorDetails?: {
                /** @enum {string} */
                errorCode: "DMTS_GatewayIsDisabled" | "DM_GWPipeline_Client_GatewayUnreachable";
                message: string;
                relatedResource: {
                    /** Format: uuid */
                    resourceId: string;
                    /** @constant */
                    resourceType: "Gateway";
                };
            }[];
        };
        CompromiseStatus: {
            /** Format: uuid */
            memberId: string;
            memberName: string;
            /** Format: date-time */
            at: string;
            pending: ("relay" | "rotation")[];
            rotation?: {
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                state: "distributing" | "resealing" | "grace" | "done" | "superseded";
            };
            openExposures: number;
        };
        Exposure: {
            /** Format: uuid */
            connectionId: string;
            connectionName?: string;
            /** Format: uuid */
            memberId: string;
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            closedAt?: string;
            /** Format: uuid */
            closedBy?: string;
        };
        GatewayMember: {
            /** Format: uuid */
            id: string;
            displayName: string;
            publicKey: {
                /** Format: base64 */
                modulus: string;
                /** Format: base64 */
                exponent: string;
            };
            version: string;
            enabled: boolean;
            /** @enum {string} */
            state: "online" | "offline" | "disabled" | "draining" | "attention";
            lastHeartbeatAt: string | null;
            inFlight: number;
            load: {
                cpuPercent: number;
                memoryPercent: number;
                diskFreeBytes: number;
            } | null;
            conditions: string[];
            refusals: {
                [key: string]: number;
            };
            drainDeadline: string | null;
            /** @enum {string} */
            upgradeState: "UpToDate" | "NewVersionAvailable" | "UpgradeRequired" | "Unknown";
        };
        Compromise: {
            /** Format: uuid */
            memberId: string;
            epoch: number;
            exposures: number;
            isRotationStarted: boolean;
            pending: ("relay" | "rotation")[];
        };
        Diagnosis: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            memberId: string;
            /** @enum {string} */
            state: "Requested" | "Finished" | "NoAnswer";
            /** Format: uuid */
            requestedBy: string;
            /** Format: date-time */
            requestedAt: string;
            report?: {
                agentVersion: string;
                /** Format: date-time */
                startedAt: string;
                /** Format: date-time */
                finishedAt: string;
                /** @enum {string} */
                verdict: "ok" | "warn" | "fail";
                findings: {
                    check: string;
                    subject?: string;
                    /** @enum {string} */
                    verdict: "ok" | "warn" | "fail" | "skipped";
                    seen: string;
                    remedy?: string;
                    latencyMs?: number;
                }[];
            };
        };
        LogTail: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            memberId: string;
            /** @enum {string} */
            state: "requested" | "open" | "refused" | "ended";
            reason?: string;
            /** Format: date-time */
            requestedAt: string;
            /** Format: date-time */
            until: string;
            /** Format: date-time */
            startedAt?: string;
            /** Format: date-time */
            endedAt?: string;
            lines: string[];
            next: number;
        };
        MemberUpgrade: {
            /** Format: uuid */
            memberId: string;
            version: string;
            /** @enum {string} */
            upgradeState: "UpToDate" | "NewVersionAvailable" | "UpgradeRequired" | "Unknown";
            supportEnding: boolean;
            newestVersion?: string;
            orderedVersion?: string;
            updateState?: string;
            updateReason?: string;
        };
        RecoveryStatus: {
            /** Format: date-time */
            provedAt?: string;
            /** Format: date-time */
            changedAt?: string;
            handovers: number;
            keyAgeDays: number;
            locks: number;
            /** Format: date-time */
            reminderAt: string;
        };
        RecoveryLock: {
            /** Format: uuid */
            callerId: string;
            failures: number;
            /** Format: date-time */
            countedFrom: string;
            /** Format: date-time */
            lockedUntil?: string;
        };
        GatewayRoleAssignment: {
            /** Format: uuid */
            id: string;
            principal: components["schemas"]["FabricPrincipal"];
            /** @enum {string} */
            role: "Admin" | "ConnectionCreatorWithResharing" | "ConnectionCreator";
            allowedKinds?: ("postgresql" | "sql" | "mysql" | "oracle" | "http" | "odata" | "filesystem" | "sftp")[];
        };
        Rollout: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            gatewayId: string;
            version: string;
            /** @enum {string} */
            state: "running" | "succeeded" | "failed" | "rolled-back" | "cancelled";
            memberIds: string[];
            doneIds: string[];
            current?: {
                /** Format: uuid */
                memberId: string;
                step: string;
                /** Format: date-time */
                deadline: string;
            };
            reason?: string;
            /** Format: uuid */
            orderedBy: string;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            finishedAt?: string;
        };
        Rotation: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            gatewayId: string;
            /** @enum {string} */
            state: "distributing" | "resealing" | "grace" | "done" | "superseded";
            hasGrace: boolean;
            oldKeyId: string;
            newKeyId?: string;
            /** Format: uuid */
            leaderId?: string;
            receipts: string[];
            total: number;
            remaining: number;
            setAside: number;
            startedBy: string;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            graceUntil?: string;
            /** Format: date-time */
            finishedAt?: string;
        };
        RotationDetail: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            gatewayId: string;
            /** @enum {string} */
            state: "distributing" | "resealing" | "grace" | "done" | "superseded";
            hasGrace: boolean;
            oldKeyId: string;
            newKeyId?: string;
            /** Format: uuid */
            leaderId?: string;
            receipts: string[];
            total: number;
            remaining: number;
            setAside: number;
            startedBy: string;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            graceUntil?: string;
            /** Format: date-time */
            finishedAt?: string;
            waitingFor: string[];
            setAsideConnections: string[];
        };
        JoinToken: {
            /** Format: uuid */
            id: string;
            region: string;
            gatewayName: string;
            /** Format: uuid */
            gatewayId?: string;
            /** Format: uuid */
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            /** Format: date-time */
            consumedAt?: string;
        };
        NewJoinToken: {
            /** Format: uuid */
            id: string;
            region: string;
            gatewayName: string;
            /** Format: uuid */
            gatewayId?: string;
            /** Format: uuid */
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            /** Format: date-time */
            consumedAt?: string;
            token: string;
        };
        UserVerdict: {
            user: {
                /** Format: uuid */
                id: string;
                upn?: string;
                displayName: string;
            };
            isEligible: boolean;
            /** @enum {string} */
            ruleSet: "classic" | "current";
            plan: string;
        };
        UserLicences: {
            user: {
                /** Format: uuid */
                id: string;
                upn?: string;
                displayName: string;
            };
            isEligible: boolean;
            /** @enum {string} */
            ruleSet: "classic" | "current";
            plan: string;
            plans: {
                servicePlanId: string;
                servicePlanName: string;
                skuPartNumber: string;
                isSufficient: boolean;
            }[];
        };
        Me: {
            /** Format: uuid */
            id: string;
            displayName: string;
            userPrincipalName: string | null;
            /** Format: uuid */
            tenantId: string;
            isTenantAdministrator: boolean;
        };
        NetworkNeeds: {
            hosts: {
                name: string;
                ports: number[];
                what: string;
            }[];
            addresses: {
                prefix: string;
                service: string;
            }[] | null;
            serviceTags: {
                changeNumber: number;
                cloud: string;
            } | null;
        };
        Operation: {
            /** @enum {string} */
            status: "NotStarted" | "Running" | "Succeeded" | "Failed";
            /** Format: date-time */
            createdTimeUtc: string;
            /** Format: date-time */
            lastUpdatedTimeUtc: string;
            percentComplete?: number;
            error?: {
                errorCode: string;
                message: string;
            };
        };
        OperationResult: {
            [key: string]: unknown;
        };
        Overview: {
            gateways: {
                online: number;
                degraded: number;
                offline: number;
            };
            members: {
                online: number;
                offline: number;
                drained: number;
                disabled: number;
            };
            connections: {
                total: number;
                failing: number;
            };
            attention: {
                kind: ("gateway-single-administrator" | "gateway-without-administrator" | "gateway-administrator-disabled" | "gateway-offline" | "member-offline" | "member-flapping" | "connection-single-owner" | "connection-without-owner" | "connection-owner-disabled" | "connection-credential-stale" | "member-version-ending" | "member-version-unsupported" | "gateway-update-failed" | "recovery-locked" | "recovery-key-unproven" | "recovery-key-change-needed" | "recovery-key-untrusted" | "root-untrusted" | "policy-invalid") | "connection-failing";
                /** @enum {string} */
                severity: "critical" | "warning";
                name: string;
                title: string;
                remedy: string;
                /** Format: uuid */
                gatewayId?: string;
                /** Format: uuid */
                connectionId?: string;
                /** Format: uuid */
                alertId?: string;
            }[];
        };
        RegionMap: {
            version: {
                date: string;
                source: string;
            };
            environmentRegions: {
                key: string;
                displayName: string;
                gatewayRegions: {
                    key: string;
                    displayName: string;
                    isServed: boolean;
                }[];
            }[];
        };
        Release: {
            version: string;
            /** Format: date-time */
            publishedAt: string;
            notes: string;
            supported: boolean;
            offered: boolean;
            bytes?: number;
        };
        RequestRecord: {
            traceId: string;
            /** Format: uuid */
            requestId: string;
            /** Format: uuid */
            callerId: string;
            /** @enum {string} */
            status: "running" | "succeeded" | "failed" | "aborted";
            code: string | null;
            hop: string | null;
            outcome: string | null;
            operation: string;
            connectionId: string | null;
            gatewayId: string | null;
            memberId: string | null;
            environmentId: string | null;
            attempts: number;
            /** Format: date-time */
            startedAt: string;
            finishedAt: string | null;
            requestBytes: number;
            replyBytes: number;
            timings: {
                [key: string]: number;
            };
            client: {
                [key: string]: string;
            };
            failure: {
                message: string;
                remedy: string;
            } | null;
            hops: {
                /** @enum {string} */
                hop: "control-plane" | "broker" | "member" | "source";
                ms: number;
            }[];
        };
        RequestStatistics: {
            bucketSeconds: number;
            value: {
                /** Format: date-time */
                start: string;
                requests: number;
                failed: number;
                p50Ms: number | null;
                p95Ms: number | null;
                isEstimated: boolean;
            }[];
            codes: {
                code: string;
                count: number;
            }[];
        };
        TenantPolicy: {
            version: number;
            /** @enum {string} */
            installers: "Open" | "Restricted";
            listedInstallers?: {
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                type: "User" | "ServicePrincipal" | "Group";
            }[];
            /** @enum {string} */
            joinTokenCreators: "Installers" | "TenantAdministrators";
            minimumAdministrators: number;
            /** @enum {string} */
            licenceRules: "classic" | "current";
            allowedKinds: ("postgresql" | "sql" | "mysql" | "oracle" | "http" | "odata" | "filesystem" | "sftp")[] | null;
            limits: {
                tenantRequestsPerMinute: number;
                connectionRequestsPerMinute: number;
                callerRequestsPerMinute: number;
            };
        };
        PolicyPreview: {
            value: {
                /** @enum {string} */
                kind: "gateway" | "connection" | "principal" | "joinToken";
                /** Format: uuid */
                id: string;
                displayName: string;
                effect: string;
            }[];
            truncated: boolean;
        };
        PowerBiCluster: {
            /** Format: uuid */
            id: string;
            name: string;
            description: string | null;
            /** @enum {string} */
            status: "Live" | "Unreachable";
            region: string;
            /** @constant */
            type: "Resource";
            dataSourceIds: string[];
            permissions?: components["schemas"]["PowerBiClusterPermission"][];
            memberGateways?: components["schemas"]["PowerBiClusterMember"][];
        };
        PowerBiClusterPermission: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            principalType: "User" | "App" | "Group";
            /** Format: uuid */
            tenantId: string;
            /** @enum {string} */
            role: "Admin" | "ConnectionCreator" | "ConnectionCreatorWithReshare";
            allowedDataSources: string[];
            /** Format: uuid */
            clusterId: string;
        };
        PowerBiClusterMember: {
            /** Format: uuid */
            id: string;
            name: string;
            description: string | null;
            /** @enum {string} */
            status: "Live" | "Unreachable";
            region: string;
            /** @constant */
            type: "Resource";
            version: string;
            annotation: string;
            /** Format: uuid */
            clusterId: string;
            /** Format: base64 */
            publicKey: string;
        };
        PowerBiClusterDatasource: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            clusterId: string;
            datasourceType: string;
            connectionDetails: string;
            credentialType: string;
            datasourceName: string;
            datasourceAnnotation?: string;
            datasourceErrorDetails: components["schemas"]["PowerBiDatasourceError"][];
        };
        PowerBiDatasourceError: {
            gatewayName: string;
            errorCode: string;
            errorMessage: string;
        };
        PowerBiClusterStatus: {
            /** Format: uri */
            "@odata.context": string;
            /** @enum {string} */
            clusterStatus: "Live" | "Unreachable";
            gatewayStaticCapabilities: string;
            gatewayVersion: string | null;
            /** @enum {string} */
            gatewayUpgradeState: "UpToDate" | "NewVersionAvailable" | "UpgradeRequired" | "Unknown";
        };
        PowerBiGatewayInstaller: {
            /** Format: uuid */
            id: string;
            /** @constant */
            type: "Resource";
        };
        PowerBiGatewayPolicy: {
            /** Format: uri */
            "@odata.context": string;
            /** Format: uuid */
            id: string;
            policy: string;
        };
    };
    responses: {
        /** @description The request failed; docs/errors.md lists the codes. */
        FabricFailure: {
            headers: {
                /** @description Trace id of the request. */
                "x-ms-request-id"?: string;
                /** @description Seconds to wait, where waiting helps. */
                "retry-after"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["FabricError"];
            };
        };
        /** @description The request failed; docs/errors.md lists the codes. */
        ConnectorFailure: {
            headers: {
                /** @description Trace id of the request. */
                "x-ms-request-id"?: string;
                /** @description Seconds to wait, where waiting helps. */
                "retry-after"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ConnectorError"];
            };
        };
        /** @description The request failed; docs/errors.md lists the codes. */
        PowerBiFailure: {
            headers: {
                /** @description Trace id of the request. */
                "x-ms-request-id"?: string;
                /** @description Seconds to wait, where waiting helps. */
                "retry-after"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PowerBiError"];
            };
        };
        /** @description The request failed; docs/errors.md lists the codes. */
        ArmFailure: {
            headers: {
                /** @description Trace id of the request. */
                "x-ms-request-id"?: string;
                /** @description Seconds to wait, where waiting helps. */
                "retry-after"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ArmError"];
            };
        };
        /** @description The request failed; docs/errors.md lists the codes. */
        ProblemFailure: {
            headers: {
                /** @description Trace id of the request. */
                "x-ms-request-id"?: string;
                /** @description Seconds to wait, where waiting helps. */
                "retry-after"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
};
export type FabricError = components['schemas']['FabricError'];
export type ConnectorError = components['schemas']['ConnectorError'];
export type Problem = components['schemas']['Problem'];
export type PowerBiError = components['schemas']['PowerBiError'];
export type ArmError = components['schemas']['ArmError'];
export type AgentConnections = components['schemas']['AgentConnections'];
export type AgentDiscovery = components['schemas']['AgentDiscovery'];
export type AgentChallenge = components['schemas']['AgentChallenge'];
export type AgentAdmission = components['schemas']['AgentAdmission'];
export type AgentHeartbeat = components['schemas']['AgentHeartbeat'];
export type AgentLogTail = components['schemas']['AgentLogTail'];
export type AgentMembers = components['schemas']['AgentMembers'];
export type AgentRegistration = components['schemas']['AgentRegistration'];
export type AgentReleaseOffer = components['schemas']['AgentReleaseOffer'];
export type AgentRotation = components['schemas']['AgentRotation'];
export type AgentRotationBatch = components['schemas']['AgentRotationBatch'];
export type AgentSession = components['schemas']['AgentSession'];
export type AgentToken = components['schemas']['AgentToken'];
export type FileDatasetMetadata = components['schemas']['FileDatasetMetadata'];
export type BlobMetadata = components['schemas']['BlobMetadata'];
export type BlobMetadataPage = components['schemas']['BlobMetadataPage'];
export type ConnectorNames = components['schemas']['ConnectorNames'];
export type ConnectorName = components['schemas']['ConnectorName'];
export type ConnectorDatasetMetadata = components['schemas']['ConnectorDatasetMetadata'];
export type ConnectorCallMetadata = components['schemas']['ConnectorCallMetadata'];
export type ConnectorTableMetadata = components['schemas']['ConnectorTableMetadata'];
export type ConnectorProcedureResult = components['schemas']['ConnectorProcedureResult'];
export type ConnectorRow = components['schemas']['ConnectorRow'];
export type ConnectorQueryResult = components['schemas']['ConnectorQueryResult'];
export type ConnectorRows = components['schemas']['ConnectorRows'];
export type ConnectorChanges = components['schemas']['ConnectorChanges'];
export type Health = components['schemas']['Health'];
export type PortalSettings = components['schemas']['PortalSettings'];
export type ArmConnectionGateway = components['schemas']['ArmConnectionGateway'];
export type ArmConnectionGatewayInstallation = components['schemas']['ArmConnectionGatewayInstallation'];
export type PowerBiGateway = components['schemas']['PowerBiGateway'];
export type PowerBiDatasource = components['schemas']['PowerBiDatasource'];
export type PowerBiDatasourceUser = components['schemas']['PowerBiDatasourceUser'];
export type Alert = components['schemas']['Alert'];
export type AuditEntry = components['schemas']['AuditEntry'];
export type ChainReport = components['schemas']['ChainReport'];
export type Backup = components['schemas']['Backup'];
export type Restoration = components['schemas']['Restoration'];
export type ConnectionSummary = components['schemas']['ConnectionSummary'];
export type Connection = components['schemas']['Connection'];
export type SupportedConnectionType = components['schemas']['SupportedConnectionType'];
export type ConnectionLicences = components['schemas']['ConnectionLicences'];
export type ConnectionRoleAssignment = components['schemas']['ConnectionRoleAssignment'];
export type FabricPrincipal = components['schemas']['FabricPrincipal'];
export type ConnectionStatus = components['schemas']['ConnectionStatus'];
export type ConnectionUsage = components['schemas']['ConnectionUsage'];
export type Connector = components['schemas']['Connector'];
export type DirectorySearch = components['schemas']['DirectorySearch'];
export type Environment = components['schemas']['Environment'];
export type ImportResult = components['schemas']['ImportResult'];
export type Explanation = components['schemas']['Explanation'];
export type GatewaySummary = components['schemas']['GatewaySummary'];
export type Gateway = components['schemas']['Gateway'];
export type GatewayStatus = components['schemas']['GatewayStatus'];
export type CompromiseStatus = components['schemas']['CompromiseStatus'];
export type Exposure = components['schemas']['Exposure'];
export type GatewayMember = components['schemas']['GatewayMember'];
export type Compromise = components['schemas']['Compromise'];
export type Diagnosis = components['schemas']['Diagnosis'];
export type LogTail = components['schemas']['LogTail'];
export type MemberUpgrade = components['schemas']['MemberUpgrade'];
export type RecoveryStatus = components['schemas']['RecoveryStatus'];
export type RecoveryLock = components['schemas']['RecoveryLock'];
export type GatewayRoleAssignment = components['schemas']['GatewayRoleAssignment'];
export type Rollout = components['schemas']['Rollout'];
export type Rotation = components['schemas']['Rotation'];
export type RotationDetail = components['schemas']['RotationDetail'];
export type JoinToken = components['schemas']['JoinToken'];
export type NewJoinToken = components['schemas']['NewJoinToken'];
export type UserVerdict = components['schemas']['UserVerdict'];
export type UserLicences = components['schemas']['UserLicences'];
export type Me = components['schemas']['Me'];
export type NetworkNeeds = components['schemas']['NetworkNeeds'];
export type Operation = components['schemas']['Operation'];
export type OperationResult = components['schemas']['OperationResult'];
export type Overview = components['schemas']['Overview'];
export type RegionMap = components['schemas']['RegionMap'];
export type Release = components['schemas']['Release'];
export type RequestRecord = components['schemas']['RequestRecord'];
export type RequestStatistics = components['schemas']['RequestStatistics'];
export type TenantPolicy = components['schemas']['TenantPolicy'];
export type PolicyPreview = components['schemas']['PolicyPreview'];
export type PowerBiCluster = components['schemas']['PowerBiCluster'];
export type PowerBiClusterPermission = components['schemas']['PowerBiClusterPermission'];
export type PowerBiClusterMember = components['schemas']['PowerBiClusterMember'];
export type PowerBiClusterDatasource = components['schemas']['PowerBiClusterDatasource'];
export type PowerBiDatasourceError = components['schemas']['PowerBiDatasourceError'];
export type PowerBiClusterStatus = components['schemas']['PowerBiClusterStatus'];
export type PowerBiGatewayInstaller = components['schemas']['PowerBiGatewayInstaller'];
export type PowerBiGatewayPolicy = components['schemas']['PowerBiGatewayPolicy'];
export type ResponseFabricFailure = components['responses']['FabricFailure'];
export type ResponseConnectorFailure = components['responses']['ConnectorFailure'];
export type ResponsePowerBiFailure = components['responses']['PowerBiFailure'];
export type ResponseArmFailure = components['responses']['ArmFailure'];
export type ResponseProblemFailure = components['responses']['ProblemFailure'];
export type $defs = Record<string, never>;
export interface operations {
    "portal.root": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "agentDiagnosis.listConnections": {
        parameters: {
            query?: {
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentConnections"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentDiagnosis.report": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                diagnosisId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    agentVersion: string;
                    /** Format: date-time */
                    startedAt: string;
                    /** Format: date-time */
                    finishedAt: string;
                    /** @enum {string} */
                    verdict: "ok" | "warn" | "fail";
                    findings: {
                        check: string;
                        subject?: string;
                        /** @enum {string} */
                        verdict: "ok" | "warn" | "fail" | "skipped";
                        seen: string;
                        remedy?: string;
                        latencyMs?: number;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done; there is nothing to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "discovery.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentDiscovery"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "admissions.find": {
        parameters: {
            query?: {
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            region: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "admissions.challenge": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    operation: "join" | "restore" | "takeover";
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentChallenge"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "admissions.admit": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    challengeId: string;
                    /** @enum {string} */
                    operation: "join" | "restore" | "takeover";
                    member: {
                        name: string;
                        version: string;
                        /** Format: base64url */
                        machine: string;
                        keys: {
                            /** Format: base64url */
                            identity: string;
                            /** Format: base64url */
                            receiving: string;
                        };
                        capabilities: {
                            contractVersions: number[];
                            operations: {
                                [key: string]: string[];
                            };
                            features: string[];
                        };
                    };
                    /** Format: uuid */
                    replaces?: string;
                    /** Format: base64url */
                    proof: string;
                    /** Format: base64url */
                    certificate: string;
                    /** Format: base64url */
                    identityProof: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentAdmission"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "membership.heartbeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: string;
                    capabilities: {
                        contractVersions: number[];
                        operations: {
                            [key: string]: string[];
                        };
                        features: string[];
                    };
                    /** Format: date-time */
                    sentAt: string;
                    epoch?: number;
                    receiving: boolean;
                    draining: boolean;
                    inFlight: number;
                    load: {
                        cpuPercent: number;
                        memoryPercent: number;
                        diskFreeBytes: number;
                    };
                    conditions?: string[];
                    notices?: string[];
                    refusals?: {
                        [key: string]: number;
                    };
                    keyIds?: string[];
                    update?: {
                        version: string;
                        /** @enum {string} */
                        state: "downloading" | "ready" | "running" | "failed" | "rolled-back" | "forbidden";
                        reason?: string;
                    };
                    root?: {
                        generation: number;
                        next?: {
                            /** Format: base64url */
                            fingerprint: string;
                            /** Format: date-time */
                            usableFrom: string;
                        };
                        refused?: string;
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentHeartbeat"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentDiagnosis.reportLogTail": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                logTailId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    state: "open" | "refused" | "ended";
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Done; there is nothing to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentDiagnosis.addLogLines": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                logTailId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    seq: number;
                    lines: string[];
                    dropped: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentLogTail"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentRecovery.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentMembers"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "membership.unregister": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentRecovery.challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    operation: "join" | "restore" | "takeover" | "drill" | "change-recovery-key";
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentChallenge"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentRecovery.drill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    challengeId: string;
                    /** Format: base64url */
                    proof: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        provedAt: string;
                    };
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentRecovery.changeKey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    challengeId: string;
                    /** Format: base64url */
                    proof: string;
                    setup: {
                        kdf: {
                            /** @enum {string} */
                            name: "scrypt";
                            /** @enum {number} */
                            n: 131072;
                            /** @enum {number} */
                            r: 8;
                            /** @enum {number} */
                            p: 1;
                            /** Format: base64url */
                            salt: string;
                        };
                        /** Format: base64url */
                        proofKey: string;
                        /** Format: base64url */
                        recoveryKey: string;
                        /** Format: base64url */
                        bundle: string;
                    };
                    /** Format: base64url */
                    handover: string;
                    certificates: {
                        /** Format: uuid */
                        memberId: string;
                        /** Format: base64url */
                        certificate: string;
                    }[];
                    sealingKeyId?: string;
                    olderBundles?: string[];
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        changedAt: string;
                    };
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "registrations.register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    gateway: {
                        name: string;
                        region: string;
                    };
                    member: {
                        name: string;
                        version: string;
                        /** Format: base64url */
                        machine: string;
                        keys: {
                            /** Format: base64url */
                            identity: string;
                            /** Format: base64url */
                            receiving: string;
                        };
                        capabilities: {
                            contractVersions: number[];
                            operations: {
                                [key: string]: string[];
                            };
                            features: string[];
                        };
                    };
                    sealingKey: {
                        /** Format: base64 */
                        modulus: string;
                        /** Format: base64 */
                        exponent: string;
                    };
                    recovery: {
                        kdf: {
                            /** @enum {string} */
                            name: "scrypt";
                            /** @enum {number} */
                            n: 131072;
                            /** @enum {number} */
                            r: 8;
                            /** @enum {number} */
                            p: 1;
                            /** Format: base64url */
                            salt: string;
                        };
                        /** Format: base64url */
                        proofKey: string;
                        /** Format: base64url */
                        recoveryKey: string;
                        /** Format: base64url */
                        bundle: string;
                    };
                    /** Format: base64url */
                    certificate?: string;
                    /** Format: base64url */
                    proof: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentRegistration"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "registrationLookups.find": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    gateway: {
                        name: string;
                        region: string;
                    };
                    member: {
                        name: string;
                        version: string;
                        /** Format: base64url */
                        machine: string;
                        keys: {
                            /** Format: base64url */
                            identity: string;
                            /** Format: base64url */
                            receiving: string;
                        };
                        capabilities: {
                            contractVersions: number[];
                            operations: {
                                [key: string]: string[];
                            };
                            features: string[];
                        };
                    };
                    sealingKey: {
                        /** Format: base64 */
                        modulus: string;
                        /** Format: base64 */
                        exponent: string;
                    };
                    recovery: {
                        kdf: {
                            /** @enum {string} */
                            name: "scrypt";
                            /** @enum {number} */
                            n: 131072;
                            /** @enum {number} */
                            r: 8;
                            /** @enum {number} */
                            p: 1;
                            /** Format: base64url */
                            salt: string;
                        };
                        /** Format: base64url */
                        proofKey: string;
                        /** Format: base64url */
                        recoveryKey: string;
                        /** Format: base64url */
                        bundle: string;
                    };
                    /** Format: base64url */
                    certificate?: string;
                    /** Format: base64url */
                    proof: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentRegistration"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentReleases.offer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentReleaseOffer"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentReleases.load": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/gzip": string;
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentRotations.view": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rotationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentRotation"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentRotations.next": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rotationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentRotationBatch"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentRotations.reseal": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rotationId: string;
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: base64url */
                    expectedHash: string;
                    sealed: string;
                };
            };
        };
        responses: {
            /** @description Done; there is nothing to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentRotations.bring": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rotationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    publicKey: {
                        /** Format: base64 */
                        modulus: string;
                        /** Format: base64 */
                        exponent: string;
                    };
                    packages: {
                        /** Format: uuid */
                        memberId: string;
                        /** Format: base64url */
                        sealed: string;
                    }[];
                    /** Format: base64url */
                    bundle: string;
                    /** Format: base64url */
                    signature: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentRotation"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentRotations.receive": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rotationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    keyId: string;
                };
            };
        };
        responses: {
            /** @description Done; there is nothing to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentRotations.unopened": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rotationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentRotationBatch"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "agentRotations.report": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rotationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    credentials: {
                        /** Format: uuid */
                        connectionId: string;
                        /** Format: base64url */
                        hash: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done; there is nothing to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "membership.session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentSession"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "membership.move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    epoch: number;
                };
            };
        };
        responses: {
            /** @description Done; there is nothing to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "tokens.issue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    grant_type: "client_credentials";
                    /** @enum {string} */
                    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
                    client_assertion: string;
                    instance?: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentToken"];
                };
            };
            default: components["responses"]["ProblemFailure"];
        };
    };
    "fileConnection.datasetMetadata": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileDatasetMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "filePaths.describe": {
        parameters: {
            query: {
                path: string;
                inferContentType?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "filePaths.read": {
        parameters: {
            query: {
                path: string;
                inferContentType?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "files.copy": {
        parameters: {
            query: {
                source: string;
                destination: string;
                overwrite?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "files.create": {
        parameters: {
            query: {
                folderPath?: string;
                name: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "files.describe": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "files.replace": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "files.remove": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "files.read": {
        parameters: {
            query?: {
                inferContentType?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "folders.listRoot": {
        parameters: {
            query?: {
                path?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobMetadata"][];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "folders.listFolder": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobMetadata"][];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "folders.pageRoot": {
        parameters: {
            query?: {
                path?: string;
                nextPageMarker?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobMetadataPage"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "folders.pageFolder": {
        parameters: {
            query?: {
                path?: string;
                nextPageMarker?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobMetadataPage"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "fileTriggers.onNewFiles": {
        parameters: {
            query: {
                folderId: string;
                triggerState?: string;
                maxFileCount?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Address to ask next time; the state of the watch is in it. */
                    Location?: string;
                    /** @description Seconds until then. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobMetadata"][];
                };
            };
            /** @description Done; there is nothing to say. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "fileTriggers.onUpdatedFiles": {
        parameters: {
            query: {
                folderId: string;
                triggerState?: string;
                maxFileCount?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Address to ask next time; the state of the watch is in it. */
                    Location?: string;
                    /** @description Seconds until then. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobMetadata"][];
                };
            };
            /** @description Done; there is nothing to say. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "fileTriggers.onNewFile": {
        parameters: {
            query: {
                folderId: string;
                triggerState?: string;
                includeFileContent?: string;
                inferContentType?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Address to ask next time; the state of the watch is in it. */
                    Location?: string;
                    /** @description Seconds until then. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done; there is nothing to say. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "fileTriggers.onUpdatedFile": {
        parameters: {
            query: {
                folderId: string;
                triggerState?: string;
                includeFileContent?: string;
                inferContentType?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Address to ask next time; the state of the watch is in it. */
                    Location?: string;
                    /** @description Seconds until then. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done; there is nothing to say. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "fileConnection.test": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "3XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.put": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": unknown;
            };
        };
        responses: {
            /** @description Done. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "3XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.post": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": unknown;
            };
        };
        responses: {
            /** @description Done. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "3XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.delete": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": unknown;
            };
        };
        responses: {
            /** @description Done. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "3XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.options": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "3XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.head": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "3XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.patch": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": unknown;
            };
        };
        responses: {
            /** @description Done. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "3XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.getPath": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "3XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.putPath": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                path: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": unknown;
            };
        };
        responses: {
            /** @description Done. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "3XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.postPath": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                path: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": unknown;
            };
        };
        responses: {
            /** @description Done. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "3XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.deletePath": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                path: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": unknown;
            };
        };
        responses: {
            /** @description Done. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "3XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.optionsPath": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "3XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.headPath": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "3XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "http.pass.patchPath": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                path: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": unknown;
            };
        };
        responses: {
            /** @description Done. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "3XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "databases.servers.mysql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorNames"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "databases.test.mysql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "tables.datasetMetadata.mysql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorDatasetMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "procedures.describe.mysql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                procedure: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorCallMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "query.describe.mysql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    query?: string;
                    formalParameters?: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorCallMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "tables.describe.mysql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorTableMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "databases.databases.mysql": {
        parameters: {
            query: {
                server: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorNames"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "tables.listDatasets.mysql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorNames"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "procedures.list.mysql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorNames"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "procedures.run.mysql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                procedure: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorProcedureResult"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "query.query.mysql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    query: string;
                    /** @description Values by the name of the column or parameter. */
                    actualParameters?: Record<string, never>;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorQueryResult"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "tables.list.mysql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorNames"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.list.mysql": {
        parameters: {
            query?: {
                $filter?: string;
                $orderby?: string;
                $select?: string;
                $top?: number;
                $skip?: number;
                $apply?: string;
                $skiptoken?: string;
                $count?: boolean;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorRows"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.create.mysql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorRow"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.get.mysql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorRow"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.remove.mysql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.update.mysql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorRow"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "triggers.onNewItems.mysql": {
        parameters: {
            query?: {
                $filter?: string;
                $select?: string;
                $top?: number;
                triggerState?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Address to ask next time; the state of the trigger is in it. */
                    Location?: string;
                    /** @description Seconds until then. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorChanges"];
                };
            };
            /** @description Done; there is nothing to say. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "triggers.onUpdatedItems.mysql": {
        parameters: {
            query?: {
                $filter?: string;
                $select?: string;
                $top?: number;
                triggerState?: string;
                $triggerColumn?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Address to ask next time; the state of the trigger is in it. */
                    Location?: string;
                    /** @description Seconds until then. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorChanges"];
                };
            };
            /** @description Done; there is nothing to say. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "databases.servers.odata": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorNames"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "databases.test.odata": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "tables.datasetMetadata.odata": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorDatasetMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "tables.describe.odata": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorTableMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "databases.databases.odata": {
        parameters: {
            query: {
                server: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorNames"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "tables.listDatasets.odata": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorNames"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "tables.list.odata": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorNames"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.list.odata": {
        parameters: {
            query?: {
                $filter?: string;
                $orderby?: string;
                $select?: string;
                $top?: number;
                $skip?: number;
                $apply?: string;
                $skiptoken?: string;
                $count?: boolean;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorRows"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.create.odata": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorRow"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.get.odata": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorRow"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.remove.odata": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.update.odata": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorRow"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "databases.servers.oracle": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorNames"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "databases.test.oracle": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "tables.datasetMetadata.oracle": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorDatasetMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "procedures.describe.oracle": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                procedure: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorCallMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "query.describe.oracle": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    query?: string;
                    formalParameters?: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorCallMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "tables.describe.oracle": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorTableMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "databases.databases.oracle": {
        parameters: {
            query: {
                server: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorNames"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "tables.listDatasets.oracle": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorNames"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "procedures.list.oracle": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorNames"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "procedures.run.oracle": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                procedure: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorProcedureResult"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "query.query.oracle": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    query: string;
                    /** @description Values by the name of the column or parameter. */
                    actualParameters?: Record<string, never>;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorQueryResult"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "tables.list.oracle": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorNames"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.list.oracle": {
        parameters: {
            query?: {
                $filter?: string;
                $orderby?: string;
                $select?: string;
                $top?: number;
                $skip?: number;
                $apply?: string;
                $skiptoken?: string;
                $count?: boolean;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorRows"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.create.oracle": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorRow"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.get.oracle": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorRow"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.remove.oracle": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.update.oracle": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorRow"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "triggers.onNewItems.oracle": {
        parameters: {
            query?: {
                $filter?: string;
                $select?: string;
                $top?: number;
                triggerState?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Address to ask next time; the state of the trigger is in it. */
                    Location?: string;
                    /** @description Seconds until then. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorChanges"];
                };
            };
            /** @description Done; there is nothing to say. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "triggers.onUpdatedItems.oracle": {
        parameters: {
            query?: {
                $filter?: string;
                $select?: string;
                $top?: number;
                triggerState?: string;
                $triggerColumn?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Address to ask next time; the state of the trigger is in it. */
                    Location?: string;
                    /** @description Seconds until then. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorChanges"];
                };
            };
            /** @description Done; there is nothing to say. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "databases.servers": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorNames"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "databases.test": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "tables.datasetMetadata": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorDatasetMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "procedures.describe": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                procedure: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorCallMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "query.describe": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    query?: string;
                    formalParameters?: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorCallMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "tables.describe": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorTableMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "databases.databases": {
        parameters: {
            query: {
                server: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorNames"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "tables.listDatasets": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorNames"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "procedures.list": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorNames"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "procedures.run": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                procedure: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorProcedureResult"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "query.query": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    query: string;
                    /** @description Values by the name of the column or parameter. */
                    actualParameters?: Record<string, never>;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorQueryResult"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "tables.list": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorNames"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.list": {
        parameters: {
            query?: {
                $filter?: string;
                $orderby?: string;
                $select?: string;
                $top?: number;
                $skip?: number;
                $apply?: string;
                $skiptoken?: string;
                $count?: boolean;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorRows"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorRow"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorRow"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.remove": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.update": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorRow"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "triggers.onNewItems": {
        parameters: {
            query?: {
                $filter?: string;
                $select?: string;
                $top?: number;
                triggerState?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Address to ask next time; the state of the trigger is in it. */
                    Location?: string;
                    /** @description Seconds until then. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorChanges"];
                };
            };
            /** @description Done; there is nothing to say. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "triggers.onUpdatedItems": {
        parameters: {
            query?: {
                $filter?: string;
                $select?: string;
                $top?: number;
                triggerState?: string;
                $triggerColumn?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Address to ask next time; the state of the trigger is in it. */
                    Location?: string;
                    /** @description Seconds until then. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorChanges"];
                };
            };
            /** @description Done; there is nothing to say. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "fileConnection.datasetMetadata.sftp": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileDatasetMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "filePaths.describe.sftp": {
        parameters: {
            query: {
                path: string;
                inferContentType?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "filePaths.read.sftp": {
        parameters: {
            query: {
                path: string;
                inferContentType?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "files.copy.sftp": {
        parameters: {
            query: {
                source: string;
                destination: string;
                overwrite?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "files.create.sftp": {
        parameters: {
            query: {
                folderPath?: string;
                name: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "files.describe.sftp": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "files.replace.sftp": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "files.remove.sftp": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "files.read.sftp": {
        parameters: {
            query?: {
                inferContentType?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "folders.listRoot.sftp": {
        parameters: {
            query?: {
                path?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobMetadata"][];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "folders.listFolder.sftp": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobMetadata"][];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "folders.pageRoot.sftp": {
        parameters: {
            query?: {
                path?: string;
                nextPageMarker?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobMetadataPage"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "folders.pageFolder.sftp": {
        parameters: {
            query?: {
                path?: string;
                nextPageMarker?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobMetadataPage"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "fileTriggers.onNewFiles.sftp": {
        parameters: {
            query: {
                folderId: string;
                triggerState?: string;
                maxFileCount?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Address to ask next time; the state of the watch is in it. */
                    Location?: string;
                    /** @description Seconds until then. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobMetadata"][];
                };
            };
            /** @description Done; there is nothing to say. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "fileTriggers.onUpdatedFiles.sftp": {
        parameters: {
            query: {
                folderId: string;
                triggerState?: string;
                maxFileCount?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Address to ask next time; the state of the watch is in it. */
                    Location?: string;
                    /** @description Seconds until then. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobMetadata"][];
                };
            };
            /** @description Done; there is nothing to say. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "fileTriggers.onNewFile.sftp": {
        parameters: {
            query: {
                folderId: string;
                triggerState?: string;
                includeFileContent?: string;
                inferContentType?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Address to ask next time; the state of the watch is in it. */
                    Location?: string;
                    /** @description Seconds until then. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done; there is nothing to say. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "fileTriggers.onUpdatedFile.sftp": {
        parameters: {
            query: {
                folderId: string;
                triggerState?: string;
                includeFileContent?: string;
                inferContentType?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Address to ask next time; the state of the watch is in it. */
                    Location?: string;
                    /** @description Seconds until then. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Done; there is nothing to say. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "fileConnection.test.sftp": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "databases.servers.sql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorNames"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "databases.test.sql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "tables.datasetMetadata.sql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorDatasetMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "procedures.describe.sql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                procedure: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorCallMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "query.describe.sql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    query?: string;
                    formalParameters?: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorCallMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "tables.describe.sql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorTableMetadata"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "databases.databases.sql": {
        parameters: {
            query: {
                server: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorNames"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "tables.listDatasets.sql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorNames"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "procedures.list.sql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorNames"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "procedures.run.sql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                procedure: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorProcedureResult"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "query.query.sql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    query: string;
                    /** @description Values by the name of the column or parameter. */
                    actualParameters?: Record<string, never>;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorQueryResult"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "tables.list.sql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorNames"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.list.sql": {
        parameters: {
            query?: {
                $filter?: string;
                $orderby?: string;
                $select?: string;
                $top?: number;
                $skip?: number;
                $apply?: string;
                $skiptoken?: string;
                $count?: boolean;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorRows"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.create.sql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorRow"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.get.sql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorRow"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.remove.sql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "items.update.sql": {
        parameters: {
            query?: never;
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorRow"];
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "triggers.onNewItems.sql": {
        parameters: {
            query?: {
                $filter?: string;
                $select?: string;
                $top?: number;
                triggerState?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Address to ask next time; the state of the trigger is in it. */
                    Location?: string;
                    /** @description Seconds until then. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorChanges"];
                };
            };
            /** @description Done; there is nothing to say. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "triggers.onUpdatedItems.sql": {
        parameters: {
            query?: {
                $filter?: string;
                $select?: string;
                $top?: number;
                triggerState?: string;
                $triggerColumn?: string;
            };
            header?: {
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path: {
                connectionId: string;
                dataset: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Address to ask next time; the state of the trigger is in it. */
                    Location?: string;
                    /** @description Seconds until then. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorChanges"];
                };
            };
            /** @description Done; there is nothing to say. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "apiDocs.page": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "apiDocs.file": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/javascript": string;
                    "text/css": string;
                    "image/png": string;
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "health.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Done. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "invoke.refuse": {
        parameters: {
            query?: never;
            header: {
                "x-ms-request-method": string;
                "x-ms-request-url": string;
                /** @description The environment the app or flow runs in; needed where the connection is bound to none or several. */
                "x-ms-client-environment-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": unknown;
            };
        };
        responses: {
            /** @description Done. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            default: components["responses"]["ConnectorFailure"];
        };
    };
    "apiDocs.document": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        openapi: string;
                        info: {
                            [key: string]: unknown;
                        };
                        paths: {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "portal.start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "portal.settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalSettings"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "portal.file": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "text/javascript": string;
                    "text/css": string;
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connectionGateways.list": {
        parameters: {
            query: {
                "api-version": "2016-06-01";
            };
            header?: never;
            path: {
                subscriptionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArmConnectionGateway"][];
                };
            };
            default: components["responses"]["ArmFailure"];
        };
    };
    "connectionGatewayInstallations.list": {
        parameters: {
            query: {
                "api-version": "2016-06-01";
            };
            header?: never;
            path: {
                subscriptionId: string;
                location: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArmConnectionGatewayInstallation"][];
                };
            };
            default: components["responses"]["ArmFailure"];
        };
    };
    "connectionGatewayInstallations.get": {
        parameters: {
            query: {
                "api-version": "2016-06-01";
            };
            header?: never;
            path: {
                subscriptionId: string;
                location: string;
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArmConnectionGatewayInstallation"];
                };
            };
            default: components["responses"]["ArmFailure"];
        };
    };
    "connectionGateways.listByResourceGroup": {
        parameters: {
            query: {
                "api-version": "2016-06-01";
            };
            header?: never;
            path: {
                subscriptionId: string;
                resourceGroupName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArmConnectionGateway"][];
                };
            };
            default: components["responses"]["ArmFailure"];
        };
    };
    "connectionGateways.get": {
        parameters: {
            query: {
                "api-version": "2016-06-01";
            };
            header?: never;
            path: {
                subscriptionId: string;
                resourceGroupName: string;
                connectionGatewayName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArmConnectionGateway"];
                };
            };
            default: components["responses"]["ArmFailure"];
        };
    };
    "connectionGateways.createOrUpdate": {
        parameters: {
            query: {
                "api-version": "2016-06-01";
            };
            header?: {
                /** @description Tags of versions, or *: the change happens only if this is so. */
                "If-Match"?: string;
                /** @description Tags of versions, or *: the change happens only if this is so. */
                "If-None-Match"?: string;
            };
            path: {
                subscriptionId: string;
                resourceGroupName: string;
                connectionGatewayName: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id?: string;
                    name?: string;
                    type?: string;
                    location?: string;
                    tags?: {
                        [key: string]: string;
                    } | null;
                    etag?: string;
                    properties?: {
                        connectionGatewayInstallation?: {
                            id: string;
                        } & {
                            [key: string]: unknown;
                        };
                        contactInformation?: string[];
                        displayName?: string;
                        description?: string;
                        machineName?: string;
                        backendUri?: string;
                    } & {
                        [key: string]: unknown;
                    };
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArmConnectionGateway"];
                };
            };
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArmConnectionGateway"];
                };
            };
            default: components["responses"]["ArmFailure"];
        };
    };
    "connectionGateways.remove": {
        parameters: {
            query: {
                "api-version": "2016-06-01";
            };
            header?: {
                /** @description Tags of versions, or *: the change happens only if this is so. */
                "If-Match"?: string;
                /** @description Tags of versions, or *: the change happens only if this is so. */
                "If-None-Match"?: string;
            };
            path: {
                subscriptionId: string;
                resourceGroupName: string;
                connectionGatewayName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Done; there is nothing to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ArmFailure"];
        };
    };
    "connectionGateways.update": {
        parameters: {
            query: {
                "api-version": "2016-06-01";
            };
            header?: {
                /** @description Tags of versions, or *: the change happens only if this is so. */
                "If-Match"?: string;
                /** @description Tags of versions, or *: the change happens only if this is so. */
                "If-None-Match"?: string;
            };
            path: {
                subscriptionId: string;
                resourceGroupName: string;
                connectionGatewayName: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id?: string;
                    name?: string;
                    type?: string;
                    location?: string;
                    tags?: {
                        [key: string]: string;
                    } | null;
                    etag?: string;
                    properties?: {
                        connectionGatewayInstallation?: {
                            id: string;
                        } & {
                            [key: string]: unknown;
                        };
                        contactInformation?: string[];
                        displayName?: string;
                        description?: string;
                        machineName?: string;
                        backendUri?: string;
                    } & {
                        [key: string]: unknown;
                    };
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArmConnectionGateway"];
                };
            };
            default: components["responses"]["ArmFailure"];
        };
    };
    "powerBiGateways.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uri */
                        "@odata.context": string;
                        value: components["schemas"]["PowerBiGateway"][];
                        /** Format: uri */
                        "@odata.nextLink"?: string;
                    };
                };
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "powerBiGateways.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PowerBiGateway"];
                };
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "powerBiDatasources.list": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uri */
                        "@odata.context": string;
                        value: components["schemas"]["PowerBiDatasource"][];
                        /** Format: uri */
                        "@odata.nextLink"?: string;
                    };
                };
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "powerBiDatasources.create": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataSourceType: string;
                    connectionDetails: string;
                    dataSourceName: string;
                    credentialDetails: {
                        credentials: string;
                        /** @enum {string} */
                        credentialType: "Basic" | "Windows" | "Anonymous" | "OAuth2" | "Key" | "SAS" | "NotSpecified" | "EffectiveUserName" | "SingleSignOn" | "WindowsWithoutImpersonation";
                        /** @enum {string} */
                        encryptedConnection: "Encrypted" | "Any" | "NotEncrypted";
                        /** @enum {string} */
                        encryptionAlgorithm: "None" | "RSA-OAEP" | "AES";
                        /** @enum {string} */
                        privacyLevel: "None" | "Private" | "Organizational" | "Public";
                        useCallerAADIdentity?: boolean;
                        useEndUserOAuth2Credentials?: boolean;
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PowerBiDatasource"];
                };
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "powerBiDatasources.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                datasourceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PowerBiDatasource"];
                };
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "powerBiDatasources.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                datasourceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "powerBiDatasources.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                datasourceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    credentialDetails: {
                        credentials: string;
                        /** @enum {string} */
                        credentialType: "Basic" | "Windows" | "Anonymous" | "OAuth2" | "Key" | "SAS" | "NotSpecified" | "EffectiveUserName" | "SingleSignOn" | "WindowsWithoutImpersonation";
                        /** @enum {string} */
                        encryptedConnection: "Encrypted" | "Any" | "NotEncrypted";
                        /** @enum {string} */
                        encryptionAlgorithm: "None" | "RSA-OAEP" | "AES";
                        /** @enum {string} */
                        privacyLevel: "None" | "Private" | "Organizational" | "Public";
                        useCallerAADIdentity?: boolean;
                        useEndUserOAuth2Credentials?: boolean;
                    };
                };
            };
        };
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "powerBiDatasources.status": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                datasourceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "powerBiDatasourceUsers.list": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                datasourceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uri */
                        "@odata.context": string;
                        value: components["schemas"]["PowerBiDatasourceUser"][];
                        /** Format: uri */
                        "@odata.nextLink"?: string;
                    };
                };
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "powerBiDatasourceUsers.add": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                datasourceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    datasourceAccessRight: "None" | "Read" | "ReadOverrideEffectiveIdentity" | "Write" | "ReadWrite" | "Admin" | "OverrideEffectiveIdentity";
                    emailAddress?: string;
                    identifier?: string;
                    displayName?: string;
                    /** @enum {string} */
                    principalType?: "None" | "User" | "Group" | "App";
                    profile?: unknown;
                };
            };
        };
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "powerBiDatasourceUsers.remove": {
        parameters: {
            query?: {
                profileId?: string;
            };
            header?: never;
            path: {
                gatewayId: string;
                datasourceId: string;
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "alerts.list": {
        parameters: {
            query?: {
                continuationToken?: string;
                state?: "Open" | "Acknowledged" | "Resolved";
                kind?: "gateway-single-administrator" | "gateway-without-administrator" | "gateway-administrator-disabled" | "gateway-offline" | "member-offline" | "member-flapping" | "connection-single-owner" | "connection-without-owner" | "connection-owner-disabled" | "connection-credential-stale" | "member-version-ending" | "member-version-unsupported" | "gateway-update-failed" | "recovery-locked" | "recovery-key-unproven" | "recovery-key-change-needed" | "recovery-key-untrusted" | "root-untrusted" | "policy-invalid";
                gatewayId?: string;
                connectionId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value: components["schemas"]["Alert"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "alerts.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alertId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "alerts.acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alertId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "audit.list": {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                actorId?: string;
                gatewayId?: string;
                subjectId?: string;
                code?: string;
                action?: string;
                continuationToken?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value: components["schemas"]["AuditEntry"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "audit.export": {
        parameters: {
            query?: {
                fromSeq?: number;
                toSeq?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "audit.verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChainReport"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "backup.take": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Backup"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "backup.restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Restoration"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connectionSummaries.list": {
        parameters: {
            query?: {
                continuationToken?: string;
                search?: string;
                kind?: "postgresql" | "sql" | "mysql" | "oracle" | "http" | "odata" | "filesystem" | "sftp";
                gatewayId?: string;
                status?: "working" | "failing" | "untested";
                top?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value: components["schemas"]["ConnectionSummary"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connections.list": {
        parameters: {
            query?: {
                continuationToken?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value: components["schemas"]["Connection"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connections.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    connectivityType: "OnPremisesGateway";
                    gatewayId: string;
                    displayName: string;
                    /** @enum {string} */
                    privacyLevel?: "None" | "Private" | "Organizational" | "Public";
                    connectionDetails: {
                        type: string;
                        creationMethod: string;
                        parameters: {
                            /** @enum {string} */
                            dataType?: "Text" | "Number" | "Boolean" | "Duration" | "Date" | "DateTime" | "DateTimeZone" | "Time";
                            name: string;
                            value: string | number | boolean;
                        }[];
                    };
                    credentialDetails: {
                        /** @enum {string} */
                        singleSignOnType?: "None";
                        /** @enum {string} */
                        connectionEncryption?: "Encrypted" | "Any" | "NotEncrypted";
                        skipTestConnection?: boolean;
                        credentials: {
                            /** @enum {string} */
                            credentialType: "Anonymous" | "Basic" | "Windows" | "Key" | "OAuth2";
                            /** @default [] */
                            values?: {
                                /** Format: uuid */
                                gatewayId: string;
                                encryptedCredentials: string;
                                keyId?: string;
                            }[];
                        };
                    };
                    environmentIds?: string[];
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description Address of what was made. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connectionTypes.list": {
        parameters: {
            query?: {
                continuationToken?: string;
                gatewayId?: string;
                showAllCreationMethods?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value: components["schemas"]["SupportedConnectionType"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connections.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connections.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connections.update": {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    connectivityType?: "OnPremisesGateway";
                    displayName?: string;
                    /** @enum {string} */
                    privacyLevel?: "None" | "Private" | "Organizational" | "Public";
                    connectionDetails?: {
                        type: string;
                        creationMethod: string;
                        parameters: {
                            /** @enum {string} */
                            dataType?: "Text" | "Number" | "Boolean" | "Duration" | "Date" | "DateTime" | "DateTimeZone" | "Time";
                            name: string;
                            value: string | number | boolean;
                        }[];
                    };
                    credentialDetails?: {
                        /** @enum {string} */
                        singleSignOnType?: "None";
                        /** @enum {string} */
                        connectionEncryption?: "Encrypted" | "Any" | "NotEncrypted";
                        skipTestConnection?: boolean;
                        credentials?: {
                            /** @enum {string} */
                            credentialType: "Anonymous" | "Basic" | "Windows" | "Key" | "OAuth2";
                            /** @default [] */
                            values?: {
                                /** Format: uuid */
                                gatewayId: string;
                                encryptedCredentials: string;
                                keyId?: string;
                            }[];
                        };
                    };
                    environmentIds?: string[];
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connectionEnvironments.bind": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
                environmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connectionEnvironments.unbind": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
                environmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "licences.ofConnection": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionLicences"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connectionRoleAssignments.list": {
        parameters: {
            query?: {
                continuationToken?: string;
            };
            header?: never;
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value: components["schemas"]["ConnectionRoleAssignment"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connectionRoleAssignments.assign": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    principal: {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        type: "User" | "ServicePrincipal" | "Group";
                    };
                    /** @enum {string} */
                    role: "Owner" | "UserWithReshare" | "User";
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description Address of what was made. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionRoleAssignment"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connectionRoleAssignments.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
                principalId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionRoleAssignment"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connectionRoleAssignments.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
                principalId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connectionRoleAssignments.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
                principalId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    role: "Owner" | "UserWithReshare" | "User";
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionRoleAssignment"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connections.test": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionStatus"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connectionUsage.read": {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionUsage"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connectorDefinitions.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value: components["schemas"]["Connector"][];
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connectorDefinitions.definition": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectorName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        swagger: "2.0";
                        info: {
                            title: string;
                            version: string;
                        } & {
                            [key: string]: unknown;
                        };
                        host: string;
                        basePath: string;
                        paths: {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connectorDefinitions.properties": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectorName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        properties: {
                            connectionParameters: {
                                [key: string]: unknown;
                            };
                            capabilities: string[];
                        } & {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "connectorDefinitions.runtime": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connectorName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        swagger: "2.0";
                        info: {
                            title: string;
                            version: string;
                        } & {
                            [key: string]: unknown;
                        };
                        host: string;
                        basePath: string;
                        paths: {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "directorySearch.search": {
        parameters: {
            query: {
                query: string;
                type?: "User" | "ServicePrincipal" | "Group";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DirectorySearch"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "environments.list": {
        parameters: {
            query?: {
                continuationToken?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value: components["schemas"]["Environment"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "environments.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    id?: string;
                    displayName: string;
                    region: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description Address of what was made. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Environment"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "environments.import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    environments: unknown[];
                } | {
                    value: unknown[];
                };
                "text/csv": string;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResult"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "environments.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                environmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Environment"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "environments.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                environmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "environments.change": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                environmentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    displayName?: string;
                    region?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Environment"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "explain.explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    user: string;
                    environmentId?: string;
                    /** Format: uuid */
                    gatewayId?: string;
                    /** Format: uuid */
                    connectionId?: string;
                    /** @enum {string} */
                    operation: "test" | "listTables" | "getTable" | "listItems" | "queryItems" | "pollItems" | "listProcedures" | "getProcedure" | "getItem" | "createItem" | "updateItem" | "deleteItem" | "executeQuery" | "executeProcedure" | "httpRequest" | "listFolder" | "getFile" | "readFile" | "writeFile" | "deleteFile" | "copyFile" | "pageFolder" | "listChanges";
                    /** @enum {string} */
                    kind?: "postgresql" | "sql" | "mysql" | "oracle" | "http" | "odata" | "filesystem" | "sftp";
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewaySummaries.list": {
        parameters: {
            query?: {
                continuationToken?: string;
                scope?: "tenant";
                region?: string;
                status?: "online" | "degraded" | "offline";
                search?: string;
                top?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value: components["schemas"]["GatewaySummary"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gateways.list": {
        parameters: {
            query?: {
                continuationToken?: string;
                region?: string;
                scope?: "individual" | "organization";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value: components["schemas"]["Gateway"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gateways.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    type: "OnPremises" | "OnPremisesPersonal" | "VirtualNetwork" | "StreamingVirtualNetwork";
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            default: components["responses"]["FabricFailure"];
        };
    };
    "gateways.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gateway"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gateways.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gateways.update": {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    type?: "OnPremises" | "OnPremisesPersonal" | "VirtualNetwork" | "StreamingVirtualNetwork";
                    displayName?: string;
                    /** @enum {string} */
                    loadBalancingSetting?: "Failover" | "DistributeEvenly";
                    allowCloudConnectionRefresh?: boolean;
                    allowCustomConnectors?: boolean;
                    cpuThreshold?: number;
                    memoryThreshold?: number;
                    description?: string;
                    department?: string;
                    contactInformation?: string[];
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gateway"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayStatus.check": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayStatus"];
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    /** @description Where to ask next: for the state while it runs, for the result once it has succeeded. */
                    Location?: string;
                    /** @description Id of the operation. */
                    "x-ms-operation-id"?: string;
                    /** @description Seconds to wait before asking again. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "recoveryExposures.listCompromises": {
        parameters: {
            query?: {
                continuationToken?: string;
            };
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value: components["schemas"]["CompromiseStatus"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "recoveryExposures.list": {
        parameters: {
            query?: {
                continuationToken?: string;
            };
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value: components["schemas"]["Exposure"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "recoveryExposures.close": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayMembers.list": {
        parameters: {
            query?: {
                continuationToken?: string;
            };
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value: components["schemas"]["GatewayMember"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayMembers.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                memberId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayMembers.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                memberId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    displayName?: string;
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMember"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayStatus.checkMember": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                memberId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayStatus"];
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    /** @description Where to ask next: for the state while it runs, for the result once it has succeeded. */
                    Location?: string;
                    /** @description Id of the operation. */
                    "x-ms-operation-id"?: string;
                    /** @description Seconds to wait before asking again. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "recoveryExposures.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                memberId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Compromise"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "diagnosis.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                memberId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Diagnosis"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "diagnosis.start": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                memberId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Diagnosis"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayMembers.drain": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                memberId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    deadlineSeconds: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMember"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "diagnosis.getLogTail": {
        parameters: {
            query?: {
                after?: number;
            };
            header?: never;
            path: {
                gatewayId: string;
                memberId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogTail"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "diagnosis.startLogTail": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                memberId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    durationSeconds?: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogTail"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "diagnosis.stopLogTail": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                memberId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayMembers.resume": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                memberId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMember"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "releasesRollouts.upgrade": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                memberId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberUpgrade"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "recovery.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryStatus"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "recovery.listLocks": {
        parameters: {
            query?: {
                continuationToken?: string;
            };
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value: components["schemas"]["RecoveryLock"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "recovery.clearLock": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                callerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayStatus.restart": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayRoleAssignments.list": {
        parameters: {
            query?: {
                continuationToken?: string;
            };
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value: components["schemas"]["GatewayRoleAssignment"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayRoleAssignments.assign": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    principal: {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        type: "User" | "ServicePrincipal" | "Group";
                    };
                    /** @enum {string} */
                    role: "Admin" | "ConnectionCreatorWithResharing" | "ConnectionCreator";
                    allowedKinds?: ("postgresql" | "sql" | "mysql" | "oracle" | "http" | "odata" | "filesystem" | "sftp")[] | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description Address of what was made. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayRoleAssignment"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayRoleAssignments.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                principalId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayRoleAssignment"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayRoleAssignments.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                principalId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayRoleAssignments.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                principalId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    role?: "Admin" | "ConnectionCreatorWithResharing" | "ConnectionCreator";
                    allowedKinds?: ("postgresql" | "sql" | "mysql" | "oracle" | "http" | "odata" | "filesystem" | "sftp")[] | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayRoleAssignment"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "releasesRollouts.list": {
        parameters: {
            query?: {
                continuationToken?: string;
            };
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value: components["schemas"]["Rollout"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "releasesRollouts.order": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: string;
                    memberIds?: string[];
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "releasesRollouts.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                rolloutId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "releasesRollouts.cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                rolloutId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollout"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "rotations.list": {
        parameters: {
            query?: {
                continuationToken?: string;
            };
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value: components["schemas"]["Rotation"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "rotations.start": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rotation"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "rotations.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                rotationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotationDetail"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "gatewayStatus.shutdown": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            default: components["responses"]["FabricFailure"];
        };
    };
    "releasesRollouts.upgrades": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value: components["schemas"]["MemberUpgrade"][];
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "joinTokens.list": {
        parameters: {
            query?: {
                continuationToken?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value: components["schemas"]["JoinToken"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "joinTokens.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    region: string;
                    gatewayName: string;
                } | {
                    /** Format: uuid */
                    gatewayId: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewJoinToken"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "joinTokens.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                joinTokenId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "licences.report": {
        parameters: {
            query?: {
                continuationToken?: string;
                isEligible?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Address of the next page of a table. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value: components["schemas"]["UserVerdict"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                    "text/csv": string;
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "licences.ofUser": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                idOrUpn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserLicences"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "licences.lookUpAgain": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                idOrUpn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserLicences"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "live.open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "me.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "network.read": {
        parameters: {
            query: {
                region: "eastasia" | "southeastasia" | "australiaeast" | "australiasoutheast" | "australiacentral" | "canadacentral" | "canadaeast" | "northeurope" | "westeurope" | "francecentral" | "francesouth" | "germanynorth" | "germanywestcentral" | "centralindia" | "southindia" | "westindia" | "northindia" | "japaneast" | "japanwest" | "koreasouth" | "norwayeast" | "norwaywest" | "southafricanorth" | "brazilsouth" | "switzerlandnorth" | "switzerlandwest" | "uaecentral" | "uaenorth" | "uksouth" | "ukwest" | "ukeast" | "centralus" | "eastus" | "eastus2" | "eastus3" | "northcentralus" | "southcentralus" | "westus" | "westus2" | "westus3" | "westcentralus";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NetworkNeeds"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "operations.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                operationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Where to ask next: for the state while it runs, for the result once it has succeeded. */
                    Location?: string;
                    /** @description Id of the operation. */
                    "x-ms-operation-id"?: string;
                    /** @description Seconds to wait before asking again. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "operations.result": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                operationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperationResult"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "overview.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "regions.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegionMap"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "releases.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value: components["schemas"]["Release"][];
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "requests.list": {
        parameters: {
            query?: {
                status?: "succeeded" | "failed" | "aborted";
                code?: string;
                gatewayId?: string;
                connectionId?: string;
                environmentId?: string;
                callerId?: string;
                from?: string;
                to?: string;
                continuationToken?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value: components["schemas"]["RequestRecord"][];
                        continuationToken?: string;
                        /** Format: uri */
                        continuationUri?: string;
                    };
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "requestStatistics.read": {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                gatewayId?: string;
                connectionId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestStatistics"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "requests.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                traceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestRecord"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "tenantPolicy.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantPolicy"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "tenantPolicy.change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: number;
                    /** @enum {string} */
                    installers?: "Open" | "Restricted";
                    listedInstallers?: {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        type: "User" | "ServicePrincipal" | "Group";
                    }[];
                    /** @enum {string} */
                    joinTokenCreators?: "Installers" | "TenantAdministrators";
                    minimumAdministrators?: number;
                    licenceRules?: ("classic" | "current") | null;
                    allowedKinds?: ("postgresql" | "sql" | "mysql" | "oracle" | "http" | "odata" | "filesystem" | "sftp")[] | null;
                    limits?: {
                        tenantRequestsPerMinute?: number | null;
                        connectionRequestsPerMinute?: number | null;
                        callerRequestsPerMinute?: number | null;
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantPolicy"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "policyPreview.preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: number;
                    /** @enum {string} */
                    installers?: "Open" | "Restricted";
                    listedInstallers?: {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        type: "User" | "ServicePrincipal" | "Group";
                    }[];
                    /** @enum {string} */
                    joinTokenCreators?: "Installers" | "TenantAdministrators";
                    minimumAdministrators?: number;
                    licenceRules?: ("classic" | "current") | null;
                    allowedKinds?: ("postgresql" | "sql" | "mysql" | "oracle" | "http" | "odata" | "filesystem" | "sftp")[] | null;
                    limits?: {
                        tenantRequestsPerMinute?: number | null;
                        connectionRequestsPerMinute?: number | null;
                        callerRequestsPerMinute?: number | null;
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyPreview"];
                };
            };
            default: components["responses"]["FabricFailure"];
        };
    };
    "tenantClusters.list": {
        parameters: {
            query?: {
                $expand?: string;
                $skip?: string;
                $top?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uri */
                        "@odata.context": string;
                        value: components["schemas"]["PowerBiCluster"][];
                        /** Format: uri */
                        "@odata.nextLink"?: string;
                    };
                };
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "tenantClusters.get": {
        parameters: {
            query?: {
                $expand?: string;
            };
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uri */
                        "@odata.context": string;
                        /** Format: uuid */
                        id: string;
                        name: string;
                        description: string | null;
                        /** @enum {string} */
                        status: "Live" | "Unreachable";
                        region: string;
                        /** @constant */
                        type: "Resource";
                        dataSourceIds: string[];
                        permissions?: components["schemas"]["PowerBiClusterPermission"][];
                        memberGateways?: components["schemas"]["PowerBiClusterMember"][];
                    };
                };
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "tenantClusters.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "tenantClusters.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    department?: string;
                    description?: string;
                    contactInformation?: string | string[];
                    allowCloudDatasourceRefresh?: boolean;
                    allowCustomConnectors?: boolean;
                    /** @enum {string} */
                    loadBalancingSelectorType?: "0" | "1" | "Failover" | "Random" | "DistributeEvenly" | "RoundRobin";
                };
            };
        };
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "tenantClusterDatasources.list": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uri */
                        "@odata.context": string;
                        value: components["schemas"]["PowerBiClusterDatasource"][];
                        /** Format: uri */
                        "@odata.nextLink"?: string;
                    };
                };
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "tenantClusterDatasources.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                datasourceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uri */
                        "@odata.context": string;
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        clusterId: string;
                        datasourceType: string;
                        connectionDetails: string;
                        credentialType: string;
                        datasourceName: string;
                        datasourceAnnotation?: string;
                        datasourceErrorDetails: components["schemas"]["PowerBiDatasourceError"][];
                    };
                };
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "tenantClusterDatasources.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                datasourceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "tenantClusterDatasources.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                datasourceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    datasourceName?: string;
                    datasourceAnnotation?: string;
                    /** @enum {string} */
                    singleSignOnType?: "None";
                };
            };
        };
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "tenantClusterDatasources.changeCredentials": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                datasourceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    credentials: string;
                    /** @enum {string} */
                    credentialType: "Basic" | "Windows" | "Anonymous" | "OAuth2" | "Key" | "SAS" | "NotSpecified" | "EffectiveUserName" | "SingleSignOn" | "WindowsWithoutImpersonation";
                    /** @enum {string} */
                    encryptedConnection: "Encrypted" | "Any" | "NotEncrypted";
                    /** @enum {string} */
                    encryptionAlgorithm: "None" | "RSA-OAEP" | "AES";
                    /** @enum {string} */
                    privacyLevel: "None" | "Private" | "Organizational" | "Public";
                    useCallerAADIdentity?: boolean;
                    useEndUserOAuth2Credentials?: boolean;
                    useCustomOAuthApp?: boolean;
                    skipTestConnection?: boolean;
                    isCredentialEncrypted?: boolean;
                } | {
                    [key: string]: {
                        credentials: string;
                        /** @enum {string} */
                        credentialType: "Basic" | "Windows" | "Anonymous" | "OAuth2" | "Key" | "SAS" | "NotSpecified" | "EffectiveUserName" | "SingleSignOn" | "WindowsWithoutImpersonation";
                        /** @enum {string} */
                        encryptedConnection: "Encrypted" | "Any" | "NotEncrypted";
                        /** @enum {string} */
                        encryptionAlgorithm: "None" | "RSA-OAEP" | "AES";
                        /** @enum {string} */
                        privacyLevel: "None" | "Private" | "Organizational" | "Public";
                        useCallerAADIdentity?: boolean;
                        useEndUserOAuth2Credentials?: boolean;
                        useCustomOAuthApp?: boolean;
                        skipTestConnection?: boolean;
                        isCredentialEncrypted?: boolean;
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uri */
                        "@odata.context": string;
                        value: components["schemas"]["PowerBiDatasourceError"][];
                        /** Format: uri */
                        "@odata.nextLink"?: string;
                    };
                };
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "tenantClusterDatasources.status": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                datasourceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "tenantClusterDatasourceUsers.list": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                datasourceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uri */
                        "@odata.context": string;
                        value: components["schemas"]["PowerBiDatasourceUser"][];
                        /** Format: uri */
                        "@odata.nextLink"?: string;
                    };
                };
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "tenantClusterDatasourceUsers.add": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                datasourceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    datasourceAccessRight: "None" | "Read" | "ReadOverrideEffectiveIdentity" | "Write" | "ReadWrite" | "Admin" | "OverrideEffectiveIdentity";
                    emailAddress?: string;
                    identifier?: string;
                    displayName?: string;
                    /** @enum {string} */
                    principalType?: "None" | "User" | "Group" | "App";
                    profile?: unknown;
                };
            };
        };
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "tenantClusterDatasourceUsers.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                datasourceId: string;
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "tenantClusters.removeMember": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                memberId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "tenantClusters.permit": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    id: string;
                    /** @enum {string} */
                    role: "Admin" | "ConnectionCreator" | "ConnectionCreatorWithReshare";
                    allowedDataSourceTypes?: string[];
                };
            };
        };
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "tenantClusters.forbid": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                permissionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "tenantClusters.status": {
        parameters: {
            query?: {
                $expand?: string;
            };
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PowerBiClusterStatus"];
                };
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "gatewayInstallers.list": {
        parameters: {
            query?: {
                $filter?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uri */
                        "@odata.context": string;
                        value: components["schemas"]["PowerBiGatewayInstaller"][];
                        /** Format: uri */
                        "@odata.nextLink"?: string;
                    };
                };
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "gatewayInstallers.update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ids: string[];
                    /** @enum {string} */
                    operation: "None" | "Add" | "Remove";
                    /** @enum {string} */
                    gatewayType: "Resource" | "Personal";
                };
            };
        };
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "gatewayPolicy.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PowerBiGatewayPolicy"];
                };
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "gatewayPolicy.change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    resourceGatewayInstallPolicy?: "Open" | "Restricted";
                    /** @enum {string} */
                    personalGatewayInstallPolicy?: "Open" | "Restricted";
                };
            };
        };
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "ownClusters.list": {
        parameters: {
            query?: {
                $expand?: string;
                $skip?: string;
                $top?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uri */
                        "@odata.context": string;
                        value: components["schemas"]["PowerBiCluster"][];
                        /** Format: uri */
                        "@odata.nextLink"?: string;
                    };
                };
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "ownClusters.get": {
        parameters: {
            query?: {
                $expand?: string;
            };
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uri */
                        "@odata.context": string;
                        /** Format: uuid */
                        id: string;
                        name: string;
                        description: string | null;
                        /** @enum {string} */
                        status: "Live" | "Unreachable";
                        region: string;
                        /** @constant */
                        type: "Resource";
                        dataSourceIds: string[];
                        permissions?: components["schemas"]["PowerBiClusterPermission"][];
                        memberGateways?: components["schemas"]["PowerBiClusterMember"][];
                    };
                };
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "ownClusters.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "ownClusters.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    department?: string;
                    description?: string;
                    contactInformation?: string | string[];
                    allowCloudDatasourceRefresh?: boolean;
                    allowCustomConnectors?: boolean;
                    /** @enum {string} */
                    loadBalancingSelectorType?: "0" | "1" | "Failover" | "Random" | "DistributeEvenly" | "RoundRobin";
                };
            };
        };
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "ownClusterDatasources.list": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uri */
                        "@odata.context": string;
                        value: components["schemas"]["PowerBiClusterDatasource"][];
                        /** Format: uri */
                        "@odata.nextLink"?: string;
                    };
                };
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "ownClusterDatasources.create": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    datasourceType: string;
                    connectionDetails: string;
                    datasourceName: string;
                    credentialDetails: {
                        [key: string]: {
                            credentials: string;
                            /** @enum {string} */
                            credentialType: "Basic" | "Windows" | "Anonymous" | "OAuth2" | "Key" | "SAS" | "NotSpecified" | "EffectiveUserName" | "SingleSignOn" | "WindowsWithoutImpersonation";
                            /** @enum {string} */
                            encryptedConnection: "Encrypted" | "Any" | "NotEncrypted";
                            /** @enum {string} */
                            encryptionAlgorithm: "None" | "RSA-OAEP" | "AES";
                            /** @enum {string} */
                            privacyLevel: "None" | "Private" | "Organizational" | "Public";
                            useCallerAADIdentity?: boolean;
                            useEndUserOAuth2Credentials?: boolean;
                            useCustomOAuthApp?: boolean;
                            skipTestConnection?: boolean;
                            isCredentialEncrypted?: boolean;
                        };
                    };
                    /** @enum {string} */
                    singleSignOnType?: "None";
                    datasourceAnnotation?: string;
                    mashupTestConnectionDetails?: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uri */
                        "@odata.context": string;
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        clusterId: string;
                        datasourceType: string;
                        connectionDetails: string;
                        credentialType: string;
                        datasourceName: string;
                        datasourceAnnotation?: string;
                        datasourceErrorDetails: components["schemas"]["PowerBiDatasourceError"][];
                    };
                };
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "ownClusterDatasources.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                datasourceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uri */
                        "@odata.context": string;
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        clusterId: string;
                        datasourceType: string;
                        connectionDetails: string;
                        credentialType: string;
                        datasourceName: string;
                        datasourceAnnotation?: string;
                        datasourceErrorDetails: components["schemas"]["PowerBiDatasourceError"][];
                    };
                };
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "ownClusterDatasources.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                datasourceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "ownClusterDatasources.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                datasourceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    datasourceName?: string;
                    datasourceAnnotation?: string;
                    /** @enum {string} */
                    singleSignOnType?: "None";
                };
            };
        };
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "ownClusterDatasources.changeCredentials": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                datasourceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    credentials: string;
                    /** @enum {string} */
                    credentialType: "Basic" | "Windows" | "Anonymous" | "OAuth2" | "Key" | "SAS" | "NotSpecified" | "EffectiveUserName" | "SingleSignOn" | "WindowsWithoutImpersonation";
                    /** @enum {string} */
                    encryptedConnection: "Encrypted" | "Any" | "NotEncrypted";
                    /** @enum {string} */
                    encryptionAlgorithm: "None" | "RSA-OAEP" | "AES";
                    /** @enum {string} */
                    privacyLevel: "None" | "Private" | "Organizational" | "Public";
                    useCallerAADIdentity?: boolean;
                    useEndUserOAuth2Credentials?: boolean;
                    useCustomOAuthApp?: boolean;
                    skipTestConnection?: boolean;
                    isCredentialEncrypted?: boolean;
                } | {
                    [key: string]: {
                        credentials: string;
                        /** @enum {string} */
                        credentialType: "Basic" | "Windows" | "Anonymous" | "OAuth2" | "Key" | "SAS" | "NotSpecified" | "EffectiveUserName" | "SingleSignOn" | "WindowsWithoutImpersonation";
                        /** @enum {string} */
                        encryptedConnection: "Encrypted" | "Any" | "NotEncrypted";
                        /** @enum {string} */
                        encryptionAlgorithm: "None" | "RSA-OAEP" | "AES";
                        /** @enum {string} */
                        privacyLevel: "None" | "Private" | "Organizational" | "Public";
                        useCallerAADIdentity?: boolean;
                        useEndUserOAuth2Credentials?: boolean;
                        useCustomOAuthApp?: boolean;
                        skipTestConnection?: boolean;
                        isCredentialEncrypted?: boolean;
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uri */
                        "@odata.context": string;
                        value: components["schemas"]["PowerBiDatasourceError"][];
                        /** Format: uri */
                        "@odata.nextLink"?: string;
                    };
                };
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "ownClusterDatasources.status": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                datasourceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "ownClusterDatasourceUsers.list": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                datasourceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uri */
                        "@odata.context": string;
                        value: components["schemas"]["PowerBiDatasourceUser"][];
                        /** Format: uri */
                        "@odata.nextLink"?: string;
                    };
                };
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "ownClusterDatasourceUsers.add": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                datasourceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    datasourceAccessRight: "None" | "Read" | "ReadOverrideEffectiveIdentity" | "Write" | "ReadWrite" | "Admin" | "OverrideEffectiveIdentity";
                    emailAddress?: string;
                    identifier?: string;
                    displayName?: string;
                    /** @enum {string} */
                    principalType?: "None" | "User" | "Group" | "App";
                    profile?: unknown;
                };
            };
        };
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "ownClusterDatasourceUsers.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                datasourceId: string;
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "ownClusters.removeMember": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                memberId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "ownClusters.permit": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    id: string;
                    /** @enum {string} */
                    role: "Admin" | "ConnectionCreator" | "ConnectionCreatorWithReshare";
                    allowedDataSourceTypes?: string[];
                };
            };
        };
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "ownClusters.forbid": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gatewayId: string;
                permissionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
    "ownClusters.status": {
        parameters: {
            query?: {
                $expand?: string;
            };
            header?: never;
            path: {
                gatewayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PowerBiClusterStatus"];
                };
            };
            default: components["responses"]["PowerBiFailure"];
        };
    };
}
