"""Words that the rules on wording and spelling know."""

_PRODUCTS = """
LaunchDarkly GitHub GitLab Bitbucket JavaScript TypeScript Datadog PagerDuty ServiceNow CircleCI CloudTrail CloudWatch
CloudFront BigQuery DynamoDB MongoDB PostgreSQL MySQL GraphQL OpenTelemetry AppDynamics FullStory HubSpot SendGrid
WordPress IntelliJ OpenAI
"""
_TYPOS = """
accomodate=accommodate acess=access autenticate=authenticate authentification=authentication
automaticaly=automatically avaiable=available availible=available begining=beginning calender=calendar
configuraton=configuration dashbaord=dashboard definately=definitely dependancy=dependency deploymnet=deployment
developement=development documention=documentation enviornment=environment enviroment=environment
enviroments=environments environement=environment existance=existence experimentaion=experimentation feautre=feature
flagz=flags funtion=function integartion=integration integraton=integration intergrate=integrate
intergration=integration intergrations=integrations managment=management messsage=message monitering=monitoring
neccessary=necessary notifcation=notification notifcations=notifications occured=occurred occurence=occurrence
optimise=optimize organisation=organization organisations=organizations paramater=parameter performace=performance
platfrom=platform priviledge=privilege recieve=receive recieved=received recieves=receives refered=referred
seperate=separate seperated=separated seperately=separately succesful=successful succesfully=successfully
successfull=successful sucessful=successful synchronise=synchronize targetted=targeted targetting=targeting teh=the
visualise=visualize wich=which workfow=workflow
"""
_VERBS = """
access add allow analyze approve automate bring build capture collect compare configure connect control correlate create
deliver deploy detect display enable enhance enrich ensure evaluate export extend forward gain generate get give help
import improve ingest integrate keep let link log manage measure monitor notify observe offer power provide pull push
receive record reduce report run send share ship show simplify speed store stream subscribe sync synchronize target test
track transform trigger turn update use view visualize
"""
_OPENERS = """
a all an as by easily everything for from i in it its my our quickly seamlessly simply the their these this we when with
you your
"""

PRODUCTS = {name.lower(): name for name in _PRODUCTS.split()}
"""Names of products as their owners write them, by the name in small letters."""
TYPOS = dict(pair.split("=") for pair in _TYPOS.split())
"""Slips of the pen, and British spellings that reviewers replace, with what is right."""
VERBS = frozenset(_VERBS.split())
"""Verbs that overviews start with, to know their other forms by."""
OPENERS = frozenset(_OPENERS.split())
"""First words that are certainly no verb."""
