"""The operations that the contract fixes are in the document under their names."""

import msgspec
import pytest
from openapi_spec_validator import validate

from api.contract import faults
from api.generated import openapi_document

DOCUMENT = msgspec.json.decode(openapi_document())
NAMES = """
getHealthLive getHealthReady getMetrics getMe listStateMachines listVocabularies getVocabulary getSamplingPlan
registerOrganisation listOrganisations getOrganisation updateOrganisation verifyOrganisation suspendOrganisation
putCapabilities getCapabilities putMembers getMembers listMemberships getMembership acceptMembership declineMembership
leaveMembership createCredential listCredentials rotateCredential revokeCredential uploadFile getFile downloadFile
createRfq getRfq listRfqs updateRfq deleteRfq putRfqByReference attachDocument listDocuments detachDocument publishRfq
publishAddendum listAddenda extendRfq openQuotes closeRfqWithoutAward cancelRfq reissueRfq matchSuppliers
inviteSuppliers listParticipants joinRfq acceptNda declineRfq createQuote getQuote listQuotes updateQuote submitQuote
reconfirmQuote withdrawQuote disqualifyQuote listQuoteReceipts listRfqQuotes compareQuotes shortlistQuote startRound
createCounterOffer listCounterOffers getCounterOffer acceptCounterOffer declineCounterOffer withdrawCounterOffer
scoreQuotes submitScores listScores closeScores getRanking proposeAward listAwards getAward issueAward acceptAward
declineAward cancelAward listOrders getOrder askQuestion listQuestions getQuestion answerQuestion declineQuestion
fileObjection listObjections getObjection decideObjection getSuccessors offerNext solveAwardScenario
listAwardScenarios getAwardScenario acknowledgeOrder submitFirstArticle listFirstArticles getFirstArticle
decideFirstArticle withdrawFirstArticle rejectOrder holdOrder resumeOrder shortCloseOrder cancelOrder getLotHistory
getOrderTimeline getCharacteristicHistory getDespatchDocument proposeChangeOrder listChangeOrders getChangeOrder
acceptChangeOrder declineChangeOrder withdrawChangeOrder putSchedule getSchedule commitScheduleLine recordHeartbeat
getCoverage createDespatch getDespatch listDespatches cancelDespatch recordReceipt listReceipts recordInspection
listInspections putInspectionPlan getInspectionPlan resumeInspectionPlan respondNonconformance decideNonconformance
closeNonconformance listNonconformances getNonconformance openNonconformance returnResponse recordReturn listReturns
confirmReturn recordInvoice listInvoices getInvoice matchInvoice disputeInvoice resolveDispute withdrawInvoice
getInvoiceMatch getBilling listOwnInvoices recordPayment confirmPayment setOffCredit getImportSubstitution listEvents streamEvents
createWebhookEndpoint listWebhookEndpoints updateWebhookEndpoint deleteWebhookEndpoint rotateWebhookSecret
testWebhookEndpoint listWebhookDeliveries redeliver getOpeningBundle listAccessAttempts getScorecard
listScorecardFormulas getScorecardSvg listMarks getMark replyToMark decideMark raiseCostClaim listCostClaims
issueToken getSigningKeys getAuthorizationServer
getCostClaim answerCostClaim withdrawCostClaim settleCostClaim createRfqBatch getCodeMappings
putCodeMappings importLines createUpload appendUpload getUpload headUpload deleteUpload
""".split()
WHOLE = ("a list takes `limit` and `after`",)
"""`listStateMachines` and `listVocabularies` are short and whole: they have no pages."""


def test_every_operation_is_there_under_its_name() -> None:
    found = {spec["operationId"] for item in DOCUMENT["paths"].values() for spec in item.values()}
    assert set(NAMES) == found


def test_the_document_keeps_the_house_rules() -> None:
    assert [fault for fault in faults(DOCUMENT) if not fault.endswith(WHOLE)] == []


@pytest.mark.slow
def test_the_document_is_valid() -> None:
    validate(DOCUMENT)
