"""Words that the rules on wording and spelling know."""

_PRODUCTS = """
LaunchDarkly GitHub GitLab Bitbucket JavaScript TypeScript Datadog PagerDuty ServiceNow CircleCI CloudTrail CloudWatch
CloudFront BigQuery DynamoDB MongoDB PostgreSQL MySQL GraphQL OpenTelemetry AppDynamics FullStory HubSpot SendGrid
WordPress IntelliJ OpenAI Jira OAuth Kubernetes YouTube LinkedIn PayPal Terraform Elasticsearch Cloudflare Netlify
Zapier SaaS DevOps macOS iOS WebSocket NoSQL OpenAPI
"""
_TYPOS = """
accomodate=accommodate accross=across acess=access acheive=achieve adress=address agressive=aggressive aquire=acquire
arguement=argument assigment=assignment asynchronus=asynchronous attibute=attribute autenticate=authenticate
authentification=authentication automaticaly=automatically autorization=authorization avaiable=available
availabe=available availible=available becuase=because begining=beginning beleive=believe buit=built bulit=built
calender=calendar catagory=category categorie=category chnage=change chnages=changes colum=column comming=coming
commited=committed compatability=compatibility completly=completely comunicate=communicate concious=conscious
conection=connection configration=configuration configuraton=configuration confirguration=configuration
connnect=connect consistant=consistent containes=contains contian=contain corect=correct credencials=credentials
curently=currently custumer=customer dashbaord=dashboard databse=database defalut=default definately=definitely
defualt=default delimeter=delimiter dependancy=dependency deploymnet=deployment depricated=deprecated
desciption=description descripton=description developement=development diffrent=different directoy=directory
dissapear=disappear documention=documentation easely=easily efficent=efficient enabeld=enabled endpiont=endpoint
ensur=ensure enviornment=environment enviroment=environment enviroments=environments environement=environment
exisiting=existing existance=existence existant=existent experimentaion=experimentation expirement=experiment
expirements=experiments explaination=explanation extention=extension facilites=facilities familar=familiar
feautre=feature feild=field flagz=flags flase=false follwing=following foward=forward frequancy=frequency
funtion=function gaurantee=guarantee guage=gauge guarentee=guarantee happend=happened heirarchy=hierarchy hte=the
identifer=identifier immediatly=immediately implemention=implementation independant=independent infomation=information
initalize=initialize insted=instead integartion=integration integraton=integration intergrate=integrate
intergration=integration intergrations=integrations interupt=interrupt intially=initially knowlege=knowledge
langauge=language lenght=length liason=liaison libary=library maintainance=maintenance maintanence=maintenance
managable=manageable managment=management manualy=manually measurment=measurement mesage=message messsage=message
metirc=metric metircs=metrics millisecods=milliseconds mispelled=misspelled monitering=monitoring mutiple=multiple
neccesary=necessary neccessary=necessary necesary=necessary notifcation=notification notifcations=notifications
occassion=occasion occured=occurred occurence=occurrence occurr=occur ocurred=occurred oppurtunity=opportunity
optionnal=optional orginal=original paramater=parameter paramters=parameters parrallel=parallel
particulary=particularly performace=performance permision=permission permisions=permissions persistant=persistent
platfrom=platform posible=possible possiblity=possibility prefered=preferred privacey=privacy priviledge=privilege
probaly=probably proccess=process programatically=programmatically propery=property provied=provide
publically=publicly reccomend=recommend recieve=receive recieved=received reciever=receiver recieves=receives
recomend=recommend recomended=recommended refered=referred refering=referring relevent=relevant reponse=response
repositry=repository requried=required resouce=resource resouces=resources responce=response retreive=retrieve
retreived=retrieved secruity=security secuirty=security segement=segment segements=segments selction=selection
seperate=separate seperated=separated seperately=separately sevice=service similiar=similar specfic=specific
specifed=specified succesful=successful succesfully=successfully successfull=successful sucess=success
sucessful=successful supress=suppress sychronize=synchronize syncronize=synchronize taht=that targetted=targeted
targetting=targeting teh=the tempate=template temperary=temporary thier=their threshhold=threshold throught=through
togehter=together toogle=toggle toogles=toggles tranfer=transfer transfered=transferred trigered=triggered
truely=truly unavailible=unavailable unecessary=unnecessary untill=until useable=usable usefull=useful utlize=utilize
vaild=valid valeu=value varible=variable varibles=variables visable=visible wether=whether wheather=whether whith=with
wich=which wihch=which withing=within witht=with workfow=workflow writen=written yeild=yield
"""
_BRITISH = """
analyse=analyze behaviour=behavior centralised=centralized colour=color colours=colors customise=customize
customised=customized optimise=optimize optimised=optimized organisation=organization organisations=organizations
organise=organize prioritise=prioritize recognise=recognize summarise=summarize synchronise=synchronize
synchronised=synchronized utilise=utilize visualise=visualize
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

_LONG = """
accounts activity additional administrator allocation analytics annotation application applications approval approvals
associated attribute attributes authenticate authentication authorization automatically automation available
capabilities capability category certificate collaborate collaboration communicate community comparison compatibility
complete completely component condition conditions confidence configuration configurations configure configured
connection connections connector contents continuously conversion correlate correlation credential credentials
currently customers dashboard dashboards database decisions definition dependencies dependency deployment deployments
description destination destinations developer developers development different directly directory discover document
documentation duration dynamically efficiently endpoint endpoints engineering engineers enterprise environment
environments especially evaluate evaluated evaluation evaluations everything exception experience experiment
experimentation experiments exported external features following frequency functionality generate generated guardrail
identifier identifiers identity immediately implementation important incident incidents information infrastructure
ingestion insights instance instances instantly instruction instructions integrate integrated integration integrations
intelligence interface investigate knowledge launchdarkly lifecycle maintain maintenance management manifest manually
measurement measurements messages metadata milliseconds monitoring navigate necessary notification notifications
observability operation operations optional organization organizations parameter parameters performance permission
permissions personal placeholder platform platforms possible previously processing production productivity programming
progressive projects properties property provides received recommend recommended redirect reference relationship
releases reliability reliable repositories repository requests required requirement requirements resource resources
response responses responsible rollback schedule scheduled security segments selected sensitive separate separately
services settings signature significant something specific specification standard statistical statistics strategy
subscription successful successfully suggestion synchronization synchronize teammates technical telemetry template
templates terminal threshold thresholds together tracking transaction transparency triggers troubleshoot understand
variable variables variation variations verification visibility warehouse webhooks workflow workflows workspace
"""

PRODUCTS = {name.lower(): name for name in _PRODUCTS.split()}
"""Names of products as their owners write them, by the name in small letters."""
TYPOS = dict(pair.split("=") for pair in _TYPOS.split())
"""Slips of the pen, with what is right."""
BRITISH = dict(pair.split("=") for pair in _BRITISH.split())
"""British spellings that reviewers replace, with the American ones."""
STYLE = {
    "please note that": "",
    "please note": "",
    "utilize": "use",
    "utilizes": "uses",
    "allows for": "lets you",
    "in order to": "to",
    "via": "through",
    "will be": "is",
    "api keys": "API keys",
}
"""Phrases that LaunchDarkly's writers replace, in small letters, with what they write; nothing where they cut them."""
VERBS = frozenset(_VERBS.split())
"""Verbs that overviews start with, to know their other forms by."""
OPENERS = frozenset(_OPENERS.split())
"""First words that are certainly no verb."""
LONG: dict[str, tuple[str, ...]] = {
    letter: tuple(word for word in _LONG.split() if word[0] == letter) for letter in "abcdefghijklmnopqrstuvwxyz"
}
"""Words of the field of at least eight letters, by their first: one letter off them, nothing else is a word."""
