"""What a role policy may name: kinds of resources, the way to each from its parents, and the actions on it.

Collected from LaunchDarkly's documentation of resources and actions, 2021 to 2026. New actions appear every month.
"""

from functools import cache
from typing import NamedTuple

_TABLE = """
acct
  createAnnouncement createOAuthClient createSamlConfig createScimConfig deleteAccount deleteAccountToken
  deleteAnnouncement deleteSamlConfig deleteScimConfig deleteSubscription disableIdPManagingTeams
  enableIdPManagingTeams getPaymentCard revokeSessions updateAccountOwner updateAccountToken updateAccountTokenLimit
  updateAnnouncement updateBillingContact updateOrganization updatePaymentCard updateRequireMfa
  updateSamlDecryptionEnabled updateSamlDefaultRole updateSamlEnabled updateSamlLogoutUrl
  updateSamlRequestSigningEnabled updateSamlRequireSso updateSamlSsoUrl updateSamlX509Certificate
  updateSamlX509KeystoreId updateSessionDuration updateSessionRefresh updateSubscription
application
  createApplication createApplicationVersion deleteApplication deleteApplicationVersion updateApplicationDescription
  updateApplicationKind updateApplicationMaintainer updateApplicationVersionName updateApplicationVersionSupport
code-reference-repository
  createCodeRefsRepository deleteCodeRefsRepository updateCodeRefsRepositoryBranches
  updateCodeRefsRepositoryConfiguration updateCodeRefsRepositoryName updateCodeRefsRepositoryOn
domain-verification
  createDomainVerification deleteDomainVerification updateDomainVerification
integration
  createIntegration deleteIntegration updateConfiguration updateName updateOn validateConnection
  legacy updateIntegration
ip-allowlist
  createIpAllowlistEntry deleteIpAllowlistEntry updateIpAllowlistEnabled updateIpAllowlistEntry viewIpAllowlist
member
  approveDomainMatchedMember createMember deleteMember resetMemberMfa sendMfaRecoveryCode sendMfaRequest
  updateCustomRole updateMemberRoleAttributes updateRole
member:token
  createAccessToken deleteAccessToken resetAccessToken updateAccessTokenDescription updateAccessTokenExpiry
  updateAccessTokenName updateAccessTokenPolicy
pending-request
  updatePendingRequest
proj
  createProject deleteProject updateAutomatedRolloutConfig updateDefaultClientSideAvailability
  updateDefaultReleasePipeline updateIncludeInSnippetByDefault updateLifecycleSettings updateObservabilitySettings
  updateProjectFlagDefaults updateProjectName updateTags updateTeamMaintainerRequirements
  updateViewAssociationRequirements viewProject
proj:agent-graph
  createAgentGraph deleteAgentGraph updateAgentGraph
proj:agent-optimization
  createAgentOptimization createAgentOptimizationRun deleteAgentOptimization updateAgentOptimization
  updateAgentOptimizationRun
proj:ai-dataset
proj:ai-evaluation
  createAIEvaluation deleteAIEvaluation updateAIEvaluation
proj:ai-model-config
  createAIModelConfig deleteAIModelConfig updateAIModelConfig
proj:ai-tool
proj:alert
  createAlert createJiraIssue deleteAlert updateAlertConfiguration updateAlertOn viewAlert
proj:context-kind
  createContextKind updateAvailabilityForExperiments updateContextKind
proj:env
  createEnvironment deleteContextInstance deleteEnvironment importEventData updateApiKey updateApprovalSettings
  updateColor updateConfirmChanges updateCritical updateDefaultTrackEvents updateMobileKey updateName
  updateRequireComments updateSecureMode updateTags updateTtl viewSdkKey
proj:env:aiconfig
  applyApprovalRequest createAIConfig createApprovalRequest createTriggers deleteAIConfig deleteAIConfigVariation
  deleteApprovalRequest deleteTriggers reviewApprovalRequest updateAIConfig updateAIConfigTargeting
  updateAIConfigVariation updateApprovalRequest updateTriggers
  legacy deleteAIConfigVersion publishAIConfigVersion updateAIConfigVersion
proj:env:assignment-data-source
  createAssignmentDataSource updateAssignmentDataSource
proj:env:destination
  createDestination deleteDestination updateConfiguration updateName updateOn
proj:env:experiment
  createExperiment updateExperiment updateExperimentArchived
proj:env:flag
  addReleasePipeline applyApprovalRequest bypassRequiredApproval cloneFlag copyFlagConfigFrom copyFlagConfigTo
  createApprovalRequest createFlag createFlagLink createTriggers deleteApprovalRequest deleteFlag deleteFlagLink
  deleteTriggers manageFlagFollowers removeReleasePipeline replaceReleasePipeline reviewApprovalRequest
  stopMeasuredRolloutOnFlagFallthrough stopMeasuredRolloutOnFlagRule toggleFlag updateApprovalRequest
  updateClientSideFlagAvailability updateDeprecated updateDescription updateExpiringTargets updateFallthrough
  updateFallthroughWithMeasuredRollout updateFeatureWorkflows updateFlagCodeReferences
  updateFlagConfigMigrationSettings updateFlagCustomProperties updateFlagDefaultVariations updateFlagLink
  updateFlagRuleDescription updateFlagSalt updateFlagVariations updateGlobalArchived updateIncludeInSnippet
  updateMaintainer updateMeasuredRolloutConfiguration updateName updateOffVariation updateOn updatePrerequisites
  updateReleasePhaseCompleted updateReleasePhaseStatus updateRules updateRulesWithMeasuredRollout
  updateScheduledChanges updateTags updateTargets updateTemporary updateTrackEvents updateTriggers
  updateVariationJsonSchema viewFlag
  legacy createExperiment deleteExperiment deleteExperimentResults deleteFlagAttachedGoalResults updateAttachedGoals
  legacy updateAttachedMetrics updateExperimentActive updateExperimentBaseline updateExpiringRules
  legacy updateFlagFallthroughTrackEvents viewFlagStatus
proj:env:holdout
  addExperimentToHoldout createHoldout removeExperimentFromHoldout updateHoldoutDescription updateHoldoutMethodology
  updateHoldoutName updateHoldoutRandomizationUnit updateHoldoutStatus
proj:env:notification-subscription
  createNotificationSubscription deleteNotificationSubscription
proj:env:product-analytics-dashboard
proj:env:sdk-key
  createSdkKey deleteSdkKey updateSdkKey updateSdkKeyPayload viewSdkKey
proj:env:segment
  applyApprovalRequest bypassRequiredSegmentApproval createApprovalRequest createSegment createSegmentExport
  deleteApprovalRequest deleteSegment reviewApprovalRequest updateApprovalRequest updateDescription updateExcluded
  updateExpiringTargets updateIncluded updateName updateRules updateScheduledChanges updateTags viewSegment
  legacy updateExpiringRules
proj:env:user
  legacy deleteUser
proj:error
  updateErrorStatus viewError
proj:layer
  createLayer updateLayer updateLayerConfiguration
proj:log
  viewLog
proj:metric
  createMetric deleteMetric updateAnalysisType updateArchived updateDescription updateEventDefault updateEventKey
  updateMaintainer updateMetricDenominator updateMetricWinsorization updateName updateNumeric updateNumericSuccess
  updateNumericUnit updateOn updateRandomizationUnits updateSelector updateTags updateTraceQuery
  updateTraceValueLocation updateUnitAggregationType updateUrls updateWindowOffset
proj:metric-data-source
proj:metric-group
  createMetricGroup deleteMetricGroup updateMetricGroupDescription updateMetricGroupMaintainer
  updateMetricGroupMetrics updateMetricGroupName updateMetricGroupTags
proj:observability-dashboard
  addObservabilityGraphToDashboard createObservabilityDashboard deleteObservabilityDashboard
  removeObservabilityGraphFromDashboard updateObservabilityDashboardConfiguration
  updateObservabilityGraphConfiguration viewObservabilityDashboard
proj:observability-settings
proj:prompt-snippet
  createPromptSnippet deletePromptSnippet updatePromptSnippet
proj:release-pipeline
  createReleasePipeline deleteReleasePipeline updateReleasePipelineDescription updateReleasePipelineName
  updateReleasePipelinePhase updateReleasePipelinePhaseName updateReleasePipelineTags
proj:release-policy
  createReleasePolicy deleteReleasePolicy updateReleasePolicy updateReleasePolicyRank
proj:session
  viewSession
proj:trace
  updateTraceAnnotation viewTrace
proj:vega
  talkToVega
proj:view
  linkAIConfigToView linkFlagToView linkSegmentToView unlinkAIConfigFromView unlinkFlagFromView unlinkSegmentFromView
  updateView viewView
relay-proxy-config
  createRelayAutoConfiguration deleteRelayAutoConfiguration resetRelayAutoConfiguration
  updateRelayAutoConfigurationName updateRelayAutoConfigurationPolicy
role
  createRole deleteRole updateBasePermissions updateDescription updateMembers updateName updatePolicy updateTokens
service-token
  createAccessToken deleteAccessToken resetAccessToken updateAccessTokenDescription updateAccessTokenExpiry
  updateAccessTokenName
team
  createTeam deleteTeam updateTeamCustomRoles updateTeamDescription updateTeamMembers updateTeamName
  updateTeamPermissionGrants viewTeam
template
  createTemplate deleteTemplate viewTemplate
webhook
  createWebhook deleteWebhook updateName updateOn updateQuery updateSecret updateStatements updateTags updateUrl
"""
"""A way to a kind, and below it the actions; those after ``legacy`` are no longer documented."""
_ALSO = {"proj:aiconfig": "proj:env:aiconfig", "proj:agent-graphs": "proj:agent-graph"}
"""Ways that the documentation has written as well."""
UNLISTED = frozenset({"view", "notification-subscription", "observability-settings", "observability-dashboard", "vega"})
"""Kinds whose actions are known in part only; those without any action are unlisted as well."""


class Kind(NamedTuple):
    """A kind of resource: the ways to it, such as ``("proj", "env", "flag")``, and the names of its actions."""

    chains: frozenset[tuple[str, ...]]
    actions: frozenset[str]
    legacy: frozenset[str]

    @property
    def every(self) -> frozenset[str]:
        return self.actions | self.legacy


@cache
def kinds() -> dict[str, Kind]:
    """Every known kind by its name."""
    table: dict[str, tuple[set[str], set[str]]] = {}
    for line in _TABLE.strip().splitlines():
        if line[0] != " ":
            now, old = table.setdefault(line, (set(), set()))
        else:
            first, *rest = line.split()
            (old if first == "legacy" else now).update(rest if first == "legacy" else [first, *rest])
    ways = {**{chain: chain for chain in table}, **_ALSO}
    found = {}
    for chain, told in ways.items():
        name = chain.rpartition(":")[2]
        chains = frozenset(tuple(other.split(":")) for other in ways if other.rpartition(":")[2] == name)
        found[name] = Kind(chains, frozenset(table[told][0]), frozenset(table[told][1]))
    return found


@cache
def actions() -> frozenset[str]:
    """The name of every known action."""
    return frozenset().union(*(kind.every for kind in kinds().values()))


@cache
def outdated() -> frozenset[str]:
    """The names that are no longer documented for any kind."""
    return actions() - frozenset().union(*(kind.actions for kind in kinds().values()))
